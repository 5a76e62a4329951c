#!/usr/bin/env python3
"""A mail as Python's email package reads it: one JSON object on stdout. Text
that is format=flowed is joined, attachments that are no text are their SHA-256."""
import email
import email.policy
import hashlib
import json
import sys


def unflow(text):
    """RFC 3676, without quotes and DelSp."""
    out = ''
    for line in text.split('\n'):
        line = line[1:] if line.startswith(' ') else line
        out += line if line.endswith(' ') and line != '-- ' else line + '\n'
    return out[:-1]


def said(p):
    text = p.get_content().replace('\r\n', '\n')
    return unflow(text) if p['Content-Type'].params.get('format') == 'flowed' else text


def held(p):
    if p.get_content_maintype() == 'text':
        return said(p)
    return hashlib.sha256(p.get_content()).hexdigest()


mail = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
leaves = [p for p in mail.walk() if not p.is_multipart()]
text = [p for p in leaves if not p.get_filename() and p.get_content_type() == 'text/plain']
print(json.dumps({
    'shape': [p.get_content_type() for p in mail.walk()],
    'from': mail['From'],
    'to': mail['To'],
    'subject': mail['Subject'],
    'text': [said(p) for p in text],
    'attachment': [
        [p.get_filename(), p.get_content_type(), held(p)]
        for p in leaves if p.get_filename() and mail.get_content_subtype() == 'mixed'
    ],
    'defect': [type(d).__name__ for p in mail.walk() for d in p.defects],
}, ensure_ascii=False))
