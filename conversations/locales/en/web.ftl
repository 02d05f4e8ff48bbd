### What pages outside the chat say.

thanks-title = Thank you!
thanks-text = You can close this page. The chat confirms your booking by itself as soon as your payment is in, usually within a minute.
thanks-back = Back to the chat
