"""Notes as pages by jinja2: cases on stdin, both languages, below argv[1]. What
it makes of a case is the HTML of a note, with its sections and its tables."""
import json, os, sys
import jinja2

LABEL = json.load(open(os.path.join(os.environ["VC_SHARE"], "label/page.json")))
PAGE = """<!DOCTYPE html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<title>{{ c.id }}: {{ t(c.title) }}</title>
<link rel="stylesheet" href="../../vc.css">
</head>
<body>
<header><p>{{ t(l.published) }}{{ day(c.publish_at) }}</p><p>TLP:{{ c.tlp }}</p></header>
<main id="main">
<h1><span>{{ c.id }}</span><br><span>{{ t(c.title) }}</span></h1>
{% for key in ["overview", "description", "impact", "solution", "addendum", "comment", "credit"] %}
<section aria-labelledby="{{ key }}"><h2 id="{{ key }}">{{ t(l[key]) }}</h2>
{% for part in (t(c.get(key)) or "").split("\\n\\n") %}
<p>{% for line in part.split("\\n") %}{{ line }}<br>{% endfor %}</p>
{% endfor %}
</section>
{% endfor %}
<ul>{% for p in c.product %}<li>{{ t(p.name) }} {{ t(p.version) }}</li>{% endfor %}</ul>
<table>{% for v in vendors %}
<tr class="{{ v.token }}"><th>{{ v.name }}</th><td>{{ t(l.status[v.token]) }}</td><td>{{ day(v.at) }}</td></tr>
{% endfor %}</table>
{% for v in vendors %}<h3>{{ v.name }}</h3>{% for p in v.product %}
<dl><dt>{{ p.name.value }}</dt><dd>{{ t(l.status[p.status.value]) }}</dd></dl>{% endfor %}{% endfor %}
<ol>{% for r in c.reference %}<li><a href="{{ r.url }}">{{ r.url }}</a><br>{{ r.title }}</li>{% endfor %}</ol>
{% for s in c.cvss %}<h3>CVSS v{{ s.version[0] }}</h3><p>{{ s.vector }} {{ s.score }}</p>
<table>{% for m in l.cvss[s.version[0]].metric %}<tr><th>{{ t(m.name) }}({{ m.key }})</th><td><ul>
{% for x in m.choice %}<li{% if (m.key ~ ":" ~ x.key) in s.vector.split("/") %} class="selected"{% endif %}>{{ t(x.name) }} ({{ x.key }})</li>
{% endfor %}</ul></td></tr>{% endfor %}</table>{% endfor %}
<table>{% for d in l.related %}<tr><th>{{ t(d.name) }}</th><td>{% if d.kind == "cve" %}{% for x in c.cve %}<a href="https://www.cve.org/CVERecord?id={{ x }}">{{ x }}</a>{% endfor %}{% endif %}</td></tr>{% endfor %}</table>
</main>
<footer><p>{{ t(l.issued) }}{{ t(l.centre) }}</p></footer>
</body>
</html>
"""


def main():
    page = jinja2.Environment(autoescape=True).from_string(PAGE)
    case, answer = {}, {}
    for line in sys.stdin:
        r = json.loads(line)
        if r["type"] == "case":
            case[r["id"]] = r
        elif r["type"] == "status" and r["verdict"] == "signed":
            form = r["signed"]["form"]
            answer.setdefault(r["case"], []).append({"name": r["vendor"],
                "at": r["signed_at"], "product": form["product"],
                "token": form["product"][0]["status"]["value"]})
    for id, c in case.items():
        for lang in "ja", "en":
            def t(x):
                return x if isinstance(x, str) else (x or {}).get(lang, "")
            out = os.path.join(sys.argv[1], lang, id.replace("#", ""))
            os.makedirs(out)
            with open(out + "/index.html", "w") as f:
                f.write(page.render(c=c, l=LABEL, lang=lang, t=t,
                    vendors=answer.get(id, []),
                    day=lambda s: s[:10].replace("-", "/")))


main()
