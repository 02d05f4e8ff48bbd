"""Texts that would like to be something else: markup, formulas, commands, or no text at all."""

import unicodedata

_MARKUP = r"""
#import "@preview/evil:1.0.0": *
#include "secrets.typ"
#read("/etc/passwd")
#panic("no")
#sys.inputs
#{1 + 1}
#let x = 1
#set page(width: 1pt)
#show: it => []
#pagebreak()
#link("https://evil.example")[here]
#image("a.png")
#eval("1")
#json("a")
#context here()
#emph[x]
[#strong[x]]
#"x"
#x.at(0)
#while true {}
#raw("x")
= Heading
== Heading
*bold*
_emphasis_
`code`
```rust fn main() {}```
$ x^2 $
$sum_(i=0)^n$
@reference
<label>
- item
+ item
/ term: words
// comment
/* comment */
\
\\
\u{41}
\n
~
--
---
...
-?
"quotes"
'quotes'
<b>bold</b>
<script>alert(1)</script>
<img src=x onerror=alert(1)>
&lt;&amp;&#65;
<!-- comment -->
]]>
<![CDATA[x]]>
# Heading
**bold**
[link](https://evil.example)
![image](a.png)
> quote
1. one
* * *
a table
~~struck~~
=1+1
=HYPERLINK("https://evil.example")
+1+1
-1+1
@SUM(A1)
=cmd!A1
{name}
{{name}}
{page}
{pages}
{0}
%s
%(x)s
${HOME}
$(id)
%PATH%
{% raw %}
<%= 1 %>
' OR 1=1 --
"); drop table minis;
../../etc/passwd
file:///etc/passwd
) Tj ET
/Type /Catalog
endstream endobj
<< /JS (x) >>
(unbalanced
unbalanced)
\( \)
%PDF-1.7
%%EOF
stream
null
true
NaN
{"a": 1}
["a"]
"}"
'''|\0
a&b
a<b>c
100%
#1
#hashtag
@name
$5.00
C:\new
x_1
2*3*4
^_^
a~b
|
"""
#: What stays what it is, every sign of it.
LETTERS = _MARKUP.split("\n")[1:-1]

_MARKS = "".join(chr(code) for code in range(0x300, 0x370) if unicodedata.combining(chr(code)))
#: What has signs that cannot be seen, or that no font has; or too many of them.
SIGNS = [
    "",
    " ",
    "\n",
    "\n\n\n",
    "\t",
    "".join(map(chr, range(32))),
    "".join(map(chr, range(0x7F, 0xA0))),
    "\x00",
    "\x1b[31mred\x1b[0m",
    "\ud800",
    "\udfff\ud800",
    "\ue000\U000f0000\U0010fffd",
    "\ufffe\uffff\U0010ffff\ufdd0",
    "\ufeffmark",
    "\ufffd",
    "\u202eevil\u202c",
    "\u202a\u202b\u202d\u202e" * 10,
    "\u2066\u2067\u2068" * 50,
    "\u2069\u2069",
    "\u200e\u200f\u061c",
    "\u200b" * 100,
    "a\u200db\u200cc",
    "\u2028line\u2029paragraph",
    "\u00ad" * 50,
    "\u0301",
    _MARKS,
    "a" + _MARKS * 4,
    "\u0301" * 4097,
    "\u20dd\u20e3",
    "\u115f\u1160\u3164\uffa0",
    "\ufff9a\ufffab\ufffb",
    "\U000e0041\U000e007f",
    "\ufe0f\ufe0e",
    "😀",
    "👨\u200d👩\u200d👧\u200d👦",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "🇺🇸🇩🇪",
    "1\ufe0f\u20e3",
    "漢字かなカナ",
    "हिन्दी ไทย 한국어 ქართული",
    "ﷺ﷽",
    "mixed עברית and العربية 123",
    "(עברית) [العربية]",
    "a" * 4096,
    "a" * 4097,
    "ä" * 4097,
    "א" * 4097,
    "ب" * 4097,
    "W " * 2048,
    "😀" * 1000,
    "-" * 4096,
    "\n" * 300,
    "#" * 4096,
]
