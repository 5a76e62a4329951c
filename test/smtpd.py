#!/usr/bin/env python3
"""smtpd.py FOLDER: an SMTP server on 127.0.0.1 that goes wrong as it is told.

It serves one connection after the other, until it is ended or FOLDER is gone.

    FOLDER/port     where it listens; when the file is there, it does
    FOLDER/script   what to do, a word a line, read anew at each connection
    FOLDER/log      a line for each command: time, number of the connection,
                    "clear" or "tls", the command; with "!" what no client may
                    do; in brackets what happens besides
    FOLDER/mail.N   a mail that was kept, with its dots as before the way
    FOLDER/mail.N.envelope   number of the connection, MAIL, RCPT, a line each

Words of the script:

    tls             TLS at once          starttls        offer STARTTLS
    cert=FILE       certificate, key     auth=USER:PASS  offer AUTH, within TLS
    auth-clear      offer it outside     mech=PLAIN,LOGIN
    size=N          offer SIZE N         pipelining      offer it
    STAGE[#N][@TEXT]=FAULT   instead of the reply at this stage; at its Nth time
                    since the script was written; when TEXT is in the command

Stages: connect, EHLO, HELO, STARTTLS, TLS (the handshake), EHLO2 (after it), AUTH,
MAIL, RCPT, DATA, text (when some of it is there), dot, RSET, QUIT.
Faults; the mail is kept when the right reply is said, or with "keep+" in front:

    NNN [TEXT]      this reply; after 421 the connection is closed
    raw:TEXT        these octets, with Python's escapes
    more:TEXT       the right reply, and these octets in the same packet
    drop reset      the connection is closed, or reset
    bye half        the right reply, or half of it, and it is closed
    hang            nothing, while the client waits
    garbage long    no reply; one of 100 kB
    endless drip    one that never ends; the same, an octet each 0.05 s
    split slow      the right reply, octet by octet; each 0.05 s
"""
import base64
import os
import socket
import ssl
import struct
import sys
import time


class Gone(Exception):
    """The connection is over."""


class Script:
    """What FOLDER/script says, and how often each of its faults came up."""

    def __init__(self, path):
        self.path, self.stamp, self.word, self.count = path, None, [], {}

    def read(self):
        stat = os.stat(self.path)
        if self.stamp != (stat.st_ino, stat.st_mtime_ns):
            self.stamp, self.count = (stat.st_ino, stat.st_mtime_ns), {}
            with open(self.path, encoding='utf-8') as f:
                self.word = f.read().split('\n')

    def value(self, name, default=None):
        found = [w[len(name) + 1:] for w in self.word if w.startswith(name + '=')]
        return found[-1] if found else default

    def fault(self, stage, command=''):
        seen = set()
        for word in self.word:
            when, _, fault = word.partition('=')
            if when.startswith(stage + '@'):  # an address has its own # and @
                when, part, nth = stage, when[len(stage) + 1:], ''
            else:
                when, part, nth = when.partition('#')[0], '', when.partition('#')[2]
            if when != stage or not fault or part not in command:
                continue
            if part not in seen:
                seen.add(part)
                self.count[stage, part] = self.count.get((stage, part), 0) + 1
            if not nth or self.count[stage, part] == int(nth):
                return fault
        return ''


class Connection:
    def __init__(self, sock, number, folder, script):
        self.sock, self.number, self.folder, self.script = sock, number, folder, script
        self.tls, self.user, self.buffer = False, None, b''
        self.sender, self.to = None, []
        sock.settimeout(120)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log(self, line):
        with open(self.folder + '/log', 'a', encoding='ascii') as f:
            f.write('%.3f %d %s %s\n' % (time.time(), self.number,
                                         'tls' if self.tls else 'clear', ascii(line)[1:-1]))

    def read(self):
        octets = self.sock.recv(65536)
        if not octets:
            raise Gone('the client is gone')
        self.buffer += octets

    def line(self):
        while b'\n' not in self.buffer:
            self.read()
        line, _, self.buffer = self.buffer.partition(b'\n')
        text = line.decode('latin-1')
        self.log(text.removesuffix('\r'))
        if text[-1:] != '\r' or '\r' in text[:-1] or len(text) > 511:
            self.log('! a bare CR or LF, or a command that is too long')
        if self.buffer and not (self.pipelining() and text[:4] in ('MAIL', 'RCPT', 'RSET')):
            self.log('! before the reply: ' + self.buffer[:80].decode('latin-1'))
        return text.removesuffix('\r')

    def pipelining(self):
        return 'pipelining' in self.script.word

    def close(self, reset=False):
        if reset:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        raise Gone('closed')

    def drip(self, octets):
        for octet in octets:
            self.sock.sendall(bytes([octet]))
            time.sleep(0.05)

    def forever(self, send, octets):
        while True:
            send(octets)

    def go_wrong(self, fault, right):
        """Does what FAULT says. True when the right reply was said."""
        fault = fault.removeprefix('keep+')
        name, _, text = fault.partition(':')
        good = right.encode('latin-1') + b'\r\n'
        octets = text.encode('latin-1').decode('unicode_escape').encode('latin-1')
        send, more = self.sock.sendall, good[:3] + b'-and then\r\n'
        action = {
            '': lambda: send(good),
            'more': lambda: send(good + octets),
            'split': lambda: [send(bytes([o])) for o in good],
            'slow': lambda: self.drip(good),
            'raw': lambda: send(octets),
            'garbage': lambda: send(b'hello, who is there?\r\n'),
            'long': lambda: send(good[:4] + b'x' * 100000 + b'\r\n'),
            'endless': lambda: self.forever(send, more * 100),
            'drip': lambda: self.forever(self.drip, more),
            'hang': lambda: self.forever(lambda _: self.read(), None),
            'bye': lambda: (send(good), self.close()),
            'half': lambda: (send(good[:len(good) // 2]), self.close()),
            'drop': self.close,
            'reset': lambda: self.close(True),
        }
        if name[:3].isdigit():
            send(fault.encode() + b'\r\n')
        else:
            action[name]()
        if name[:3] == '421':
            self.close()
        return name in ('', 'more', 'split', 'slow')

    def say(self, stage, right, command=''):
        return self.go_wrong(self.script.fault(stage, command), right)

    def start_tls(self):
        fault = self.script.fault('TLS')
        if fault:
            self.read()
            self.buffer = b''
            self.go_wrong(fault, '500 no TLS here')
            self.close()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.script.value('cert'))
        self.buffer = b''
        self.sock = context.wrap_socket(self.sock, server_side=True)
        self.tls = True
        self.log('(%s)' % self.sock.version())

    def greet(self, command):
        script, offer = self.script, ['test.example', 'ENHANCEDSTATUSCODES']
        if 'starttls' in script.word and not self.tls:
            offer.append('STARTTLS')
        if script.value('auth') and (self.tls or 'auth-clear' in script.word):
            offer.append('AUTH ' + script.value('mech', 'PLAIN,LOGIN').replace(',', ' '))
        if self.pipelining():
            offer.append('PIPELINING')
        if script.value('size'):
            offer.append('SIZE ' + script.value('size'))
        self.sender, self.to = None, []
        if command[:4].upper() == 'HELO':
            self.say('HELO', '250 ' + offer[0])
        else:
            self.say('EHLO2' if self.tls and 'tls' not in script.word else 'EHLO',
                     ''.join('250-%s\r\n' % o for o in offer[:-1]) + '250 ' + offer[-1])

    def ask(self, octets):
        self.sock.sendall(b'334 ' + base64.b64encode(octets) + b'\r\n')
        return base64.b64decode(self.line() + '==')

    def auth(self, command):
        word = command.split() + [None]
        first = word[2] and base64.b64decode(word[2] + '==')
        if word[1].upper() == 'LOGIN':
            user = first or self.ask(b'Username:')
            said = user + b':' + self.ask(b'Password:')
        else:
            said = b':'.join((first or self.ask(b'')).split(b'\0')[1:])
        if self.user or not self.tls and 'auth-clear' not in self.script.word:
            self.log('! AUTH once more, or in clear')
        right = said.decode('latin-1') == self.script.value('auth')
        if self.say('AUTH', '235 2.7.0 good' if right else '535 5.7.8 who are you?') and right:
            self.user = said

    def data(self):
        while not self.buffer:
            self.read()
        fault = self.script.fault('text')
        if fault:
            self.go_wrong(fault, '451 4.3.0 not now')
        self.buffer, seen = b'\r\n' + self.buffer, 0
        while self.buffer.find(b'\r\n.\r\n', seen) < 0:
            seen = max(0, len(self.buffer) - 4)
            self.read()
        mail, _, self.buffer = self.buffer.partition(b'\r\n.\r\n')
        lines = mail.split(b'\r\n')[1:]
        if self.buffer:
            self.log('! before the reply: ' + self.buffer[:80].decode('latin-1'))
        if any(len(l) > 998 or b'\r' in l or b'\n' in l for l in lines):
            self.log('! a bare CR or LF in a mail, or a line that is too long')
        return b''.join(l[l[:1] == b'.':] + b'\r\n' for l in lines)

    def keep(self, mail):
        number = 1
        while os.path.exists('%s/mail.%d' % (self.folder, number)):
            number += 1
        name = '%s/mail.%d' % (self.folder, number)
        with open(name + '.envelope', 'w', encoding='latin-1') as f:
            f.write('\n'.join([str(self.number), self.sender] + self.to) + '\n')
        with open(name, 'wb') as f:
            f.write(mail)

    def take(self, _):
        if self.say('DATA', '354 go on'):
            mail = self.data()
            self.log('.')
            fault = self.script.fault('dot')
            if fault.partition(':')[0] in ('', 'more', 'split', 'slow', 'bye') or fault[:5] == 'keep+':
                self.keep(mail)
            self.go_wrong(fault, '250 2.0.0 kept')
        self.sender, self.to = None, []

    def mail(self, command):
        size = int((command.upper() + ' SIZE=0').split(' SIZE=')[1].split()[0])
        if size > int(self.script.value('size', size)):
            self.sock.sendall(b'552 5.3.4 too large\r\n')
        elif self.say('MAIL', '250 2.1.0 good', command):
            self.sender = command

    def rcpt(self, command):
        if self.say('RCPT', '250 2.1.5 good', command):
            self.to.append(command)

    def reset(self, _):
        self.sender, self.to = None, []
        self.say('RSET', '250 2.0.0 good')

    def quit(self, _):
        self.say('QUIT', '221 2.0.0 bye')
        self.close()

    def secure(self, _):
        if self.say('STARTTLS', '220 2.0.0 go on'):
            self.start_tls()

    def command(self):
        line = self.line()
        verb = line.split(' ')[0].upper()
        known = {'EHLO': (self.greet, True), 'HELO': (self.greet, True),
                 'STARTTLS': (self.secure, 'starttls' in self.script.word and not self.tls),
                 'AUTH': (self.auth, not self.sender),
                 'MAIL': (self.mail, not self.sender),
                 'RCPT': (self.rcpt, self.sender), 'DATA': (self.take, self.to),
                 'RSET': (self.reset, True), 'QUIT': (self.quit, True)}
        action, allowed = known.get(verb, (None, False))
        if allowed:
            action(line)
        else:
            self.log('(not now)' if self.pipelining() else '! not now')
            self.sock.sendall(b'503 5.5.1 not now\r\n')

    def serve(self):
        try:
            if 'tls' in self.script.word:
                self.start_tls()
            self.say('connect', '220 test.example ESMTP')
            while True:
                self.command()
        except (Gone, OSError) as e:
            self.log('(%s)' % e)
        self.sock.close()


def main(folder):
    script, number = Script(folder + '/script'), 0
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        listener.listen(16)
        listener.settimeout(1)
        with open(folder + '/port.part', 'w', encoding='ascii') as f:
            f.write('%d\n' % listener.getsockname()[1])
        os.rename(folder + '/port.part', folder + '/port')
        while os.path.exists(folder):
            try:
                sock = listener.accept()[0]
            except socket.timeout:
                continue
            number += 1
            script.read()
            Connection(sock, number, folder, script).serve()


if __name__ == '__main__':
    main(sys.argv[1])
