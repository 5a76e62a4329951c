#!/usr/bin/env python3
"""words.py N: N header values of encoded words, each with a TAB and what
Python's email package reads in it. The same ones each time."""
import base64
import random
import sys
from email.header import decode_header

LETTERS = {
    'utf-8': 'aZ0 ?=_"あいう漢字ｱ髙🍣é',
    'iso-2022-jp': 'aZ0 ?=_"あいう漢字、',
    'euc-jp': 'aZ0 ?=_"あいう漢字丂ｱ',
    'shift_jis': 'aZ0 ?="あいう漢字ｱ',
    'iso-8859-1': 'aZ0 ?=_"éßñ',
}


def quoted(octets):
    return ''.join(
        chr(o) if chr(o).isalnum() and o < 128 else
        '_' if o == 32 else '=%02X' % o for o in octets)


def word(charset, text):
    octets = text.encode(charset)
    if random.random() < 0.5:
        return '=?%s?B?%s?=' % (charset, base64.b64encode(octets).decode())
    return '=?%s?%s?%s?=' % (charset, random.choice('Qq'), quoted(octets))


def value():
    parts = []
    for _ in range(random.randint(1, 5)):
        if random.random() < 0.3:
            parts.append(random.choice(['plain', 'two words', 'a=?b', 'x?=']))
        charset = random.choice(list(LETTERS))
        text = ''.join(random.choices(LETTERS[charset], k=random.randint(1, 9)))
        parts.append(word(charset, text))
    return ' '.join(parts)


def read(v):
    return ''.join(
        s if isinstance(s, str) else s.decode(charset or 'ascii')
        for s, charset in decode_header(v))


random.seed(2004)
for _ in range(int(sys.argv[1])):
    v = value()
    print(v + '\t' + read(v))
