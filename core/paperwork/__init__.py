"""What is signed and what is asked: contracts, signatures, questionnaires."""
