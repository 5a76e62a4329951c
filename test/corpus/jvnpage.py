#!/usr/bin/env python3
"""jvnpage.py sections PAGE: what a person reads of a page of JVN, or of one of
ours: title, days, and each section with its lines, a JSON text; a line of a
chosen value begins with *.

jvnpage.py case PAGE: the facts of a page of JVN, as a `case` record and the
`vendor` record of the one vendor that it names.
"""
import json
import re
import sys
from html.parser import HTMLParser

INLINE = {"a", "b", "strong", "span", "time"}
COMMENT = "分析結果のコメント"  # a heading of the second rank, or of the third
VOID = {"br", "img", "meta", "link", "hr", "input"}
# Headings of columns that JVN does not have, and what stands for nothing.
OURS = {"評価項目", "評価値", "種別", "文書", "（記載なし）"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.section = [["", []]]
        self.line = ""
        self.open = []
        self.chosen = 0
        self.done = False
        self.heading = False
        self.link = []

    def end(self):
        line = re.sub(r"\s+", " ", self.line).strip()
        if line and line not in OURS:
            if self.heading or line == COMMENT:
                self.section.append([line, []])
            else:
                mark = "*" if self.chosen else ""
                self.section[-1][1].append(mark + line)
        self.line = ""

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag not in INLINE:
            self.end()
        if tag == "img" and self.heading:
            self.line = a.get("alt", "")
            self.end()
        if tag == "a" and a.get("href"):
            self.link.append([self.section[-1][0], a["href"]])
        # A version of CVSS and its parts are lines of their own.
        if tag == "span" and ("cvss" in a.get("class", "") + a.get("id", "") or
                a.get("class") in ("base-score-label", "vector", "score", "id", "title")):
            self.end()
        if tag in VOID:
            return
        self.open.append((tag, "selected" in a.get("class", "").split()))
        self.chosen += self.open[-1][1]
        if tag == "footer" or a.get("id") == "rightarea":
            self.done = True
        self.heading = self.heading or tag == "h2"

    def handle_endtag(self, tag):
        if tag not in [o[0] for o in self.open]:
            return
        if tag not in INLINE:
            self.end()
        while self.open:
            o = self.open.pop()
            self.chosen -= o[1]
            if o[0] == tag:
                break
        if tag == "h2":
            self.heading = False

    def handle_data(self, data):
        if not self.done and "style" not in [o[0] for o in self.open]:
            self.line += data


def read(name):
    page = Page()
    page.feed(open(name, encoding="utf-8").read())
    page.end()
    return page


def sections(page):
    out = []
    for heading, lines in page.section:
        text = []
        for line in lines:
            # 基本値: and its number are one line or two.
            m = re.fullmatch(r"(基本値:) ?([0-9.]+)", line)
            text += m.groups() if m else [line]
        out.append([heading, text])
    return out


def day(text, hour=0):
    y, m, d = map(int, text.split("/"))
    import datetime
    at = datetime.datetime(y, m, d, hour) - datetime.timedelta(hours=9)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def case(page):
    part = {h: lines for h, lines in page.section}
    top = part[""]
    ident = next(t for t in top if re.fullmatch(r"JVN(VU|TA)?#[0-9]+", t))
    days = re.findall(r"[0-9]{4}/[0-9]{2}/[0-9]{2}", " ".join(top))
    out = {"type": "case", "id": ident, "revision_n": 1, "tlp": "CLEAR",
        "state": "public", "publish_at": day(days[0]), "updated_at": day(days[1]),
        "title": {"ja": top[top.index(ident) + 1]}}
    for key, heading in (("overview", "概要"), ("description", "詳細情報"),
            ("impact", "想定される影響"), ("solution", "対策方法"),
            ("addendum", "JPCERT/CCからの補足情報"), ("comment", COMMENT), ("credit", "謝辞")):
        if part.get(heading):
            out[key] = {"ja": "\n".join(part[heading])}
    out["product"] = [{"name": {"ja": line}} for line in part["影響を受けるシステム"]]
    out["cvss"] = [{"version": "3.0" if v.startswith("CVSS") else "2.0", "vector": v}
        for v in part["JPCERT/CCによる脆弱性分析結果"]
        if re.fullmatch(r"(CVSS:3.0/)?AV:[A-Za-z0-9:/]+", v)]
    out["cwe"] = sorted({"CWE-" + m for m in re.findall(r"CWE-([0-9]+)",
        " ".join(part["詳細情報"]))})
    related = part["関連文書"]
    out["cve"] = [t for t in related if t.startswith("CVE-")]
    out["related"] = [{"kind": "jvndb", "id": t,
        "url": "https://jvndb.jvn.jp/jvndb/" + t} for t in related
        if t.startswith("JVNDB-")]
    vendor = [u for h, u in page.link if h == "ベンダ情報"]
    lines = part["ベンダ情報"][2:]
    out["reference"] = [{"vendor": "v", "url": u, "title": {"ja": t}}
        for u, t in zip(vendor, lines[1:])]
    rows = part.get("更新履歴", [])
    out["history"] = [{"at": day(at), "text": {"ja": text}}
        for at, text in zip(rows[::2], rows[1::2])]
    return out, {"type": "vendor", "id": "vendor/v", "vendor": "v",
        "name": {"ja": lines[0]}, "kind": "general", "state": "registered",
        "email": "a@v.example"}


def main():
    what, name = sys.argv[1:3]
    page = read(name)
    if what == "sections":
        json.dump(sections(page), sys.stdout, ensure_ascii=False, indent=0)
        print()
        return
    for record in case(page):
        print(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


main()
