#!/usr/bin/env python3
"""A mail as Python's email package reads it: one JSON object on stdout."""
import email
import email.policy
import json
import sys

mail = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
leaves = [p for p in mail.walk() if not p.is_multipart()]
text = [p for p in leaves if not p.get_filename() and p.get_content_type() == 'text/plain']
print(json.dumps({
    'shape': [p.get_content_type() for p in mail.walk()],
    'from': mail['From'],
    'to': mail['To'],
    'subject': mail['Subject'],
    'text': [p.get_content().replace('\r\n', '\n') for p in text],
    'attachment': [
        [p.get_filename(), p.get_content_type(), p.get_content().replace('\r\n', '\n')]
        for p in leaves if p.get_filename() and p.get_content_maintype() == 'text'
    ],
    'defect': [type(d).__name__ for p in mail.walk() for d in p.defects],
}, ensure_ascii=False))
