"""The corpus that builds are measured with: the same texts and cards as sites for several generators.

1. [Gen] writes N articles (about 590 words of German-like filler with headings, lists, a table, links, footnotes, code and a
   quotation) and M cards of 30 fields; the same seed and size give the same bytes;
2. `hugo`, `zola` and `leitfaden` put them into sites with the same pages: start, list, article with contents and tags, tag
   pages, card pages, one table of all cards, feed, sitemap.

Theme of leitfaden: `korpus` (templates as plain as the peers') or `standard`, the one that guides have.
What leitfaden does beyond: a page for each criterion and for what is due, an index of the data (JSON, CSV), a source for every
cell, files for hosts, and the audit of all of it. Lists are cut into pages of 100 entries; Hugo does so with the list of articles, not with those of tags.
"""
import datetime, json, os, random

SIZES = {"S": (50, 20), "M": (1000, 200), "L": (10000, 1000)}

NOUNS = """Anlage Planung Netzwerk Verfahren Bericht Lösung Prüfung Steuerung Messung Wartung
Fläche Übertragung Sicherheit Verwaltung Einführung Auswertung Gebäude Kosten Vergleich Grenze
Qualität Anbieter Schnittstelle Datenbank Speicher Leitung Rechnung Aufgabe Vorgabe Richtlinie
Änderung Umgebung Betrieb Störung Ausfall Ergebnis Leistung Zeitraum Vertrag Lieferung Werkzeug
Grundlage Beispiel Abschnitt Verbindung Übersicht Merkmal Anforderung Entscheidung Bewertung
Höhe Größe Strecke Förderung Abnahme Schulung Handbuch Auftrag Zugang Schlüssel Archiv Entwurf""".split()
VERBS = """prüft misst beschreibt vergleicht steuert ändert ermöglicht verhindert liefert benötigt
überträgt bewertet speichert erklärt erfüllt ersetzt ergänzt beschleunigt begrenzt dokumentiert
erweitert vereinfacht bestätigt verlangt enthält berechnet""".split()
ADJ = """neue einfache sichere günstige langsame schnelle zuverlässige öffentliche private ältere
größere kleinere vollständige getrennte gemeinsame übliche technische rechtliche jährliche
monatliche offene geprüfte bekannte fehlende""".split()
CONN = """außerdem deshalb dennoch zunächst anschließend häufig selten trotzdem dabei hierfür meist
vor allem im Alltag in der Praxis laut Vorgabe""".split()
PREP = "für mit ohne gegen nach vor unter über bei seit während trotz".split()
TAGS = [f"{a}-{b}" for a in ("basis", "technik", "recht", "kosten", "praxis") for b in
        ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")]  # 40
COUNTRIES = "DE AT CH FR NL PL CZ DK SE IT".split()
KINDS = ["software", "hardware", "dienst", "beratung"]
SUPPORT = ["none", "mail", "phone", "24x7"]
ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
CODE = {
 "python": "def pruefe(werte, grenze={n}):\n    summe = 0\n    for i, w in enumerate(werte):\n        if w > grenze:\n            summe += w * i\n    return summe / max(1, len(werte))\n",
 "bash": "#!/bin/sh\nset -eu\nfor f in daten/*.csv; do\n  cut -d ';' -f {n} \"$f\" | sort -u > \"$f.out\"\ndone\n",
 "yaml": "dienst:\n  name: beispiel\n  grenze: {n}\n  regeln:\n    - pfad: /a\n      erlaubt: true\n",
 "rust": "fn main() {\n    let werte: Vec<u32> = (0..{n}).collect();\n    let s: u32 = werte.iter().filter(|w| *w % 3 == 0).sum();\n    println!(\"summe {s}\");\n}\n",
}


def slugify(s):
    return "-".join("".join(c if c.isalnum() else " " for c in s.translate(ASCII).lower()).split())


class Gen:
    def __init__(self, n, m, seed):
        self.n, self.m, self.seed = n, m, seed
        r = random.Random(seed)
        self.titles, self.slugs = [], []
        for i in range(n):
            t = f"{r.choice(ADJ).capitalize()} {r.choice(NOUNS)} und {r.choice(NOUNS)} {i + 1}"
            self.titles.append(t)
            self.slugs.append(f"{i + 1:05d}-{slugify(t)}")
        self.vslugs = [f"anbieter-{i + 1:04d}" for i in range(m)]

    def sentence(self, r):
        c = r.choice
        s = f"{c(('Die', 'Eine', 'Jede', 'Diese'))} {c(ADJ)} {c(NOUNS)} {c(VERBS)} {c(CONN)} {c(('die', 'eine', 'jede'))} {c(ADJ)} {c(NOUNS)}"
        if r.random() < 0.6:
            s += f" {c(PREP)} {c(('der', 'einer'))} {c(NOUNS)}"
        if r.random() < 0.25:
            s += f", weil {c(('die', 'eine'))} **{c(NOUNS)}** *{c(ADJ)}* bleibt"
        return s + "."

    def para(self, r, k):
        return " ".join(self.sentence(r) for _ in range(k))

    def article(self, i):
        """-> (front matter dict, body). In body, links are written as @A:slug@ and @V:slug@."""
        r = random.Random(self.seed * 1000003 + i)
        d = datetime.date(2015, 1, 1) + datetime.timedelta(days=r.randrange(4000))
        fm = {"title": self.titles[i], "date": d.isoformat(), "description": self.sentence(r).replace("*", ""),
              "tags": sorted(r.sample(TAGS, r.randint(2, 4)))}
        o = [self.para(r, 6), ""]
        for h in range(5):
            o += [f"## {r.choice(ADJ).capitalize()} {r.choice(NOUNS)} {h + 1}", ""]
            p = self.para(r, 4)
            if h in (0, 2):
                j = r.randrange(self.n)
                p += f" Siehe [{self.titles[j]}](@A:{self.slugs[j]}@) und `{r.choice(NOUNS).lower()}_{h}`."
            if h == 1 and self.m:
                v = r.randrange(self.m)
                p += f" Dazu der [Anbieter {v + 1}](@V:{self.vslugs[v]}@) und [Quelle](https://example.org/q/{i}).[^1]"
            if h == 3:
                p += "[^2]"
            o += [p, ""]
            if h == 0:
                o += [f"- {self.sentence(r)}" for _ in range(3)] + [f"  - {self.sentence(r)}", ""]
            if h == 1:
                o += ["| Merkmal | Wert | Einheit | Hinweis |", "|---|---:|:---:|---|"]
                o += [f"| {r.choice(NOUNS)} | {r.randrange(10000) / 10} | {r.choice(('kg', 'm', 'EUR', '%'))} | {r.choice(ADJ)} {r.choice(NOUNS)} |" for _ in range(5)] + [""]
            if h == 2:
                lang = r.choice(sorted(CODE))
                o += [f"```{lang}", CODE[lang].replace("{n}", str(r.randint(2, 99))).rstrip(), "```", "",
                      f"### {r.choice(NOUNS)} im Detail", "", self.para(r, 3), ""]
            if h == 3:
                o += [f"{k + 1}. {self.sentence(r)}" for k in range(4)] + [""]
            if h == 4:
                o += [f"> {self.para(r, 2)}", ""]
        o += [f"[^1]: {self.sentence(r)}", f"[^2]: {self.sentence(r)}", ""]
        return fm, "\n".join(o)

    def articles(self):
        return ((self.slugs[i], *self.article(i)) for i in range(self.n))

    def vendors(self):
        return (self.vendor(i) for i in range(self.m))

    def vendor(self, i):
        r = random.Random(self.seed * 7000003 + i)
        b = lambda: r.random() < 0.5
        name = f"{r.choice(NOUNS)}{r.choice(('werk', 'haus', 'dienst', 'technik'))} {i + 1} GmbH"
        return {
            "id": self.vslugs[i], "name": name, "kind": r.choice(KINDS), "country": r.choice(COUNTRIES),
            "city": f"{r.choice(NOUNS)}stadt", "founded": r.randint(1950, 2024), "employees": r.randint(1, 20000),
            "revenue_meur": round(r.uniform(0.1, 900), 2), "price_month_eur": round(r.uniform(0, 499), 2),
            "price_setup_eur": round(r.uniform(0, 5000), 2), "free_tier": b(), "trial_days": r.choice((0, 14, 30, 60)),
            "contract_months": r.choice((0, 1, 12, 24)), "open_source": b(), "license": r.choice(("MIT", "EUPL-1.2", "proprietary")),
            "hosting": r.sample(["cloud", "on-premise", "hybrid"], r.randint(1, 2)), "data_location": r.choice(COUNTRIES),
            "iso27001": b(), "gdpr": b(), "api": b(), "sso": b(), "languages": r.sample(["de", "en", "fr", "it", "pl"], r.randint(1, 4)),
            "support": r.choice(SUPPORT), "sla_percent": round(r.uniform(95, 99.99), 2), "max_users": r.randint(1, 100000),
            "rating": round(r.uniform(1, 5), 1), "reviews": r.randint(0, 5000),
            "checked": (datetime.date(2024, 1, 1) + datetime.timedelta(days=r.randrange(700))).isoformat(),
            "website": f"https://example.org/v/{i + 1}", "notes": self.sentence(r).replace("*", ""),
        }


FIELDS = list(Gen(1, 1, 1).vendor(0))


def yv(v):
    if isinstance(v, bool): return "true" if v else "false"
    if isinstance(v, (int, float)): return str(v)
    if isinstance(v, list): return "[" + ", ".join(v) + "]"
    if len(v) == 10 and v[4] == "-" and v[7] == "-" and v[:4].isdigit(): return v
    return '"' + v.replace('"', '\\"') + '"'


def ydoc(d): return "".join(f"{k}: {yv(v)}\n" for k, v in d.items())
def cell(v): return ("ja" if v else "nein") if isinstance(v, bool) else ", ".join(v) if isinstance(v, list) else str(v)


def w(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


def links(body, a, v):
    out, rest = [], body
    while True:
        k = rest.find("(@")
        if k < 0:
            return "".join(out) + rest
        e = rest.index("@)", k)
        kind, slug = rest[k + 2], rest[k + 4:e]
        out.append(rest[:k] + "(" + (a if kind == "A" else v).format(slug) + ")")
        rest = rest[e + 2:]


HEAD = '<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title><meta name="description" content="%s"><link rel="stylesheet" href="/style.css"><link rel="alternate" type="application/rss+xml" href="/%s"></head><body><header><nav><a href="/">Start</a> <a href="/artikel/">Artikel</a> <a href="/anbieter/">Anbieter</a> <a href="/vergleich/">Vergleich</a> <a href="/tags/">Tags</a></nav></header><main>'
FOOT = '</main><footer><p>Neutraler Testkorpus</p></footer></body></html>\n'
CSS = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:auto;padding:1rem}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .4rem}\n"


def theme_hugo(d):
    w(f"{d}/hugo.toml", '''baseURL = "https://example.org/"
title = "Korpus"
locale = "de"
disableKinds = []
[markup.highlight]
codeFences = false
[markup.goldmark.renderer]
unsafe = true
[pagination]
pagerSize = 100
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[services.rss]
limit = 20
[taxonomies]
tag = "tags"
''')
    w(f"{d}/static/style.css", CSS)
    L = f"{d}/layouts"
    w(f"{L}/baseof.html", HEAD % ("{{ .Title }}", "{{ .Description }}", "index.xml") + '{{ block "main" . }}{{ end }}' + FOOT)
    w(f"{L}/home.html", '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range first 20 (where site.RegularPages "Section" "artikel").ByDate.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "2006-01-02" }}</time></li>{{ end }}</ul>{{ end }}')
    w(f"{L}/section.html", '{{ define "main" }}<h1>{{ .Title }}</h1>{{ $p := .Paginate .Pages.ByDate.Reverse }}<ul>{{ range $p.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "2006-01-02" }}</time><p>{{ .Description }}</p></li>{{ end }}</ul><p>{{ if $p.HasPrev }}<a href="{{ $p.Prev.URL }}">vor</a>{{ end }} {{ $p.PageNumber }}/{{ $p.TotalPages }} {{ if $p.HasNext }}<a href="{{ $p.Next.URL }}">weiter</a>{{ end }}</p>{{ end }}')
    w(f"{L}/page.html", '{{ define "main" }}<article><h1>{{ .Title }}</h1><p><time>{{ .Date.Format "2006-01-02" }}</time> {{ range .Params.tags }}<a href="/tags/{{ . }}/">{{ . }}</a> {{ end }}</p><nav>{{ .TableOfContents }}</nav>{{ .Content }}</article>{{ end }}')
    w(f"{L}/taxonomy.html", '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .Pages }}</li>{{ end }}</ul>{{ end }}')
    w(f"{L}/term.html", '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "2006-01-02" }}</time></li>{{ end }}</ul>{{ end }}')
    w(f"{L}/anbieter/page.html", '{{ define "main" }}{{ $v := index hugo.Data.vendors .File.ContentBaseName }}<article><h1>{{ .Title }}</h1><table>' + "".join(f'<tr><th>{f}</th><td>' + ('{{ delimit $v.%s ", " }}' % f if f in ("hosting", "languages") else "{{ $v.%s }}" % f) + "</td></tr>" for f in FIELDS) + '</table></article>{{ end }}')
    w(f"{L}/vergleich.html", '{{ define "main" }}<h1>{{ .Title }}</h1><table><thead><tr>' + "".join(f"<th>{f}</th>" for f in FIELDS) + '</tr></thead><tbody>{{ range $k, $v := hugo.Data.vendors }}<tr>' + "".join("<td>" + ('{{ delimit $v.%s ", " }}' % f if f in ("hosting", "languages") else "{{ $v.%s }}" % f) + "</td>" for f in FIELDS) + '</tr>{{ end }}</tbody></table>{{ end }}')
    w(f"{d}/content/_index.md", "---\ntitle: Korpus\n---\n")
    w(f"{d}/content/artikel/_index.md", "---\ntitle: Artikel\n---\n")
    w(f"{d}/content/anbieter/_index.md", "---\ntitle: Anbieter\n---\n")
    w(f"{d}/content/vergleich.md", "---\ntitle: Vergleich\nlayout: vergleich\n---\n")


def theme_zola(d, g):
    w(f"{d}/config.toml", '''base_url = "https://example.org"
title = "Korpus"
default_language = "de"
compile_sass = false
minify_html = false
build_search_index = false
generate_feeds = true
feed_filenames = ["rss.xml"]
feed_limit = 20
taxonomies = [{ name = "tags", feed = false }]
''')
    w(f"{d}/static/style.css", CSS)
    T = f"{d}/templates"
    w(f"{T}/base.html", HEAD % ("{% block title %}{{ config.title }}{% endblock %}", "{% block desc %}{% endblock %}", "rss.xml") + "{% block main %}{% endblock %}" + FOOT)
    ext = '{% extends "base.html" %}{% block title %}TT{% endblock %}'
    P = ext.replace("TT", "{{ page.title }}") + '{% block desc %}{{ page.description }}{% endblock %}'
    S = ext.replace("TT", "{{ section.title }}")
    w(f"{T}/index.html", S + '{% block main %}<h1>{{ section.title }}</h1>{% set s = get_section(path="artikel/_index.md") %}<ul>{% for p in s.pages | slice(end=20) %}<li><a href="{{ p.path }}">{{ p.title }}</a> <time>{{ p.date | date(format="%Y-%m-%d") }}</time></li>{% endfor %}</ul>{% endblock %}')
    w(f"{T}/section.html", S + '{% block main %}<h1>{{ section.title }}</h1><ul>{% for p in paginator.pages %}<li><a href="{{ p.path }}">{{ p.title }}</a> {% if p.date %}<time>{{ p.date | date(format="%Y-%m-%d") }}</time>{% endif %}<p>{{ p.description }}</p></li>{% endfor %}</ul><p>{% if paginator.previous %}<a href="{{ paginator.previous }}">vor</a>{% endif %} {{ paginator.current_index }}/{{ paginator.number_pagers }} {% if paginator.next %}<a href="{{ paginator.next }}">weiter</a>{% endif %}</p>{% endblock %}')
    w(f"{T}/page.html", P + '{% block main %}<article><h1>{{ page.title }}</h1><p><time>{{ page.date | date(format="%Y-%m-%d") }}</time> {% for t in page.taxonomies.tags %}<a href="/tags/{{ t }}/">{{ t }}</a> {% endfor %}</p><nav><ul>{% for h in page.toc %}<li><a href="{{ h.permalink | safe }}">{{ h.title }}</a>{% if h.children %}<ul>{% for c in h.children %}<li><a href="{{ c.permalink | safe }}">{{ c.title }}</a></li>{% endfor %}</ul>{% endif %}</li>{% endfor %}</ul></nav>{{ page.content | safe }}</article>{% endblock %}')
    w(f"{T}/tags/list.html", ext.replace("TT", "Tags") + '{% block main %}<h1>Tags</h1><ul>{% for t in terms %}<li><a href="{{ t.path }}">{{ t.name }}</a> {{ t.page_count }}</li>{% endfor %}</ul>{% endblock %}')
    w(f"{T}/tags/single.html", ext.replace("TT", "{{ term.name }}") + '{% block main %}<h1>{{ term.name }}</h1><ul>{% for p in term.pages %}<li><a href="{{ p.path }}">{{ p.title }}</a> <time>{{ p.date | date(format="%Y-%m-%d") }}</time></li>{% endfor %}</ul>{% endblock %}')
    w(f"{T}/anbieter.html", P + '{% block main %}{% set v = load_data(path="data/vendors/" ~ page.slug ~ ".yaml") %}<article><h1>{{ page.title }}</h1><table>' + "".join(f'<tr><th>{f}</th><td>' + ('{{ v.%s | join(sep=", ") }}' % f if f in ("hosting", "languages") else "{{ v.%s }}" % f) + "</td></tr>" for f in FIELDS) + '</table></article>{% endblock %}')
    w(f"{T}/vergleich.html", P + '{% block main %}<h1>{{ page.title }}</h1>{% set ids = load_data(path="data/vendors.json") %}<table><thead><tr>' + "".join(f"<th>{f}</th>" for f in FIELDS) + '</tr></thead><tbody>{% for id in ids %}{% set v = load_data(path="data/vendors/" ~ id ~ ".yaml") %}<tr>' + "".join("<td>" + ('{{ v.%s | join(sep=", ") }}' % f if f in ("hosting", "languages") else "{{ v.%s }}" % f) + "</td>" for f in FIELDS) + '</tr>{% endfor %}</tbody></table>{% endblock %}')
    w(f"{d}/data/vendors.json", json.dumps(g.vslugs))
    w(f"{d}/content/_index.md", "---\ntitle: Korpus\n---\n")
    w(f"{d}/content/artikel/_index.md", "---\ntitle: Artikel\nsort_by: date\npaginate_by: 100\n---\n")
    w(f"{d}/content/anbieter/_index.md", "---\ntitle: Anbieter\nsort_by: title\npaginate_by: 100\npage_template: anbieter.html\n---\n")
    w(f"{d}/content/vergleich.md", "---\ntitle: Vergleich\ntemplate: vergleich.html\n---\n")


def hugo(d, g):
    theme_hugo(d)
    for slug, fm, body in g.articles():
        w(f"{d}/content/artikel/{slug}.md", front(fm, "tags: [" + ", ".join(fm["tags"]) + "]\n") + links(body, "/artikel/{}/", "/anbieter/{}/"))
    for v in g.vendors():
        w(f"{d}/data/vendors/{v['id']}.yaml", ydoc(v))
        w(f"{d}/content/anbieter/{v['id']}.md", f'---\ntitle: "{v["name"]}"\n---\n')


def zola(d, g):
    theme_zola(d, g)
    for slug, fm, body in g.articles():
        w(f"{d}/content/artikel/{slug}.md", front(fm, f"slug: {slug}\ntaxonomies:\n  tags: [" + ", ".join(fm["tags"]) + "]\n") + links(body, "/artikel/{}/", "/anbieter/{}/"))
    for v in g.vendors():
        w(f"{d}/data/vendors/{v['id']}.yaml", ydoc(v))
        w(f"{d}/content/anbieter/{v['id']}.md", f'---\ntitle: "{v["name"]}"\nslug: {v["id"]}\n---\n')


def front(fm, more):
    return f'---\ntitle: "{fm["title"]}"\ndate: {fm["date"]}\ndescription: "{fm["description"]}"\n{more}---\n\n'


# Where the standard theme has no page of its own for a list, the frame below stands for it.
PAGES = {
    "home": '<h1>{{ page.title }}</h1><ul>{% for a in site.articles[:20] %}<li><a href="{{ a.url }}">{{ a.title }}</a> <time>{{ a.date }}</time></li>{% endfor %}</ul>',
    "topics": '<h1>{{ page.title }}</h1><ul>{% for a in site.articles[page.part.from:page.part.to] %}<li><a href="{{ a.url }}">{{ a.title }}</a> <time>{{ a.date }}</time><p>{{ a.description }}</p></li>{% endfor %}</ul><p>{% for p in page.part.pages %}<a href="{{ p.url }}">{{ p.label }}</a> {% endfor %}</p><ul>{% for t in site.topics %}<li><a href="{{ t.url }}">{{ t.label }}</a> {{ t.articles | length }}</li>{% endfor %}</ul>',
    "topic": '{% set t = site.topics[page.index] %}<h1>{{ t.label }}</h1><ul>{% for i in t.articles[page.part.from:page.part.to] %}{% set a = site.articles[i] %}<li><a href="{{ a.url }}">{{ a.title }}</a> <time>{{ a.date }}</time></li>{% endfor %}</ul><p>{% for p in page.part.pages %}<a href="{{ p.url }}">{{ p.label }}</a> {% endfor %}</p>',
    "article": '{% set a = site.articles[page.index] %}<article><h1>{{ page.title }}</h1><p><time>{{ a.date }}</time> {% for t in a.topics %}<a href="{{ t.url }}">{{ t.label }}</a> {% endfor %}</p><nav><ul>{% for h in page.toc %}<li><a href="#{{ h.id }}">{{ h.html | safe }}</a></li>{% endfor %}</ul></nav>{{ page.body_html | safe }}</article>',
    "systems": '<h1>{{ page.title }}</h1><ul>{% for s in site.systems %}<li><a href="{{ s.url }}">{{ s.name }}</a></li>{% endfor %}</ul>',
    "system": '{% set s = site.systems[page.index] %}<article><h1>{{ s.name }}</h1><table>{% for c in s.cells %}<tr><th id="{{ site.criteria[c.index].slug }}">{{ site.criteria[c.index].label }}</th><td>{{ c.value }}</td></tr>{% endfor %}</table></article>',
    "criteria": '<h1>{{ page.title }}</h1><ul>{% for c in site.criteria %}<li><a href="{{ c.url }}">{{ c.label }}</a></li>{% endfor %}</ul>',
    "criterion": '<h1>{{ page.title }}</h1><ul>{% for s in site.systems %}<li><a href="{{ s.url }}">{{ s.name }}</a> {{ s.cells[page.index].value }}</li>{% endfor %}</ul>',
    "matrix": '<h1>{{ page.title }}</h1><table><thead><tr><th></th>{% for c in site.criteria %}<th>{{ c.label }}</th>{% endfor %}</tr></thead><tbody>{% for s in site.systems %}<tr><th><a href="{{ s.url }}">{{ s.name }}</a></th>{% for c in s.cells %}<td>{{ c.value }}</td>{% endfor %}</tr>{% endfor %}</tbody></table>',
}
FRAME = (HEAD % ("{{ page.title }}", "{{ page.description }}", "feed.xml")).replace('"/style.css"', '"{{ asset(path=\'style.css\') }}"').replace('"/feed.xml"', '"{{ site.files.feed }}"').replace("application/rss+xml", "application/atom+xml")
FRAME = FRAME[:FRAME.index("<header>")].replace("</head>", "{% block head %}{% endblock %}</head>") + '{% if page.kind in ["decision", "print", "changes", "due"] %}{{<ui.icons/>}}{% endif %}<header><nav>{% for i in site.menu.main %}<a href="{{ i.url }}">{{ i.label }}</a> {% endfor %}</nav></header><main>' \
    + "{% block main %}{% if page.body_html %}{{ page.body_html | safe }}{% endif %}{% endblock %}" \
    + '</main><footer><p>Neutraler Testkorpus {% for i in site.menu.footer %}<a href="{{ i.url }}">{{ i.label }}</a> {% endfor %}</p></footer>{% if site.search %}<script src="{{ asset(path=\'search.js\') }}" defer></script>{% endif %}</body></html>\n'
LISTS = {"hosting", "languages"}
ROLES = {"iso27001": "gate", "gdpr": "strong"}
FOOT_PAGES = ["impressum", "datenschutz", "barrierefreiheit", "kriterien", "aenderungen", "suche"]


def leitfaden(d, g, theme="korpus", search=False):
    menu = [("themen", "Artikel"), ("systeme", "Anbieter"), ("vergleich", "Vergleich")]
    entries = lambda pairs: "".join(f"    - {{page: {page}, label: {label}}}\n" for page, label in pairs)
    w(f"{d}/content/site.yaml", f"title: Korpus\nbase_url: https://korpus.example/\nlanguage: de\nstage: demo\ntheme: {theme}\n"
      f"search: {{enabled: {yv(search)}}}\nlinks: {{allow: [example.org]}}\nnavigation:\n  main:\n{entries(menu)}  footer:\n{entries([(page, page.capitalize()) for page in FOOT_PAGES])}")
    w(f"{d}/content/index.md", "---\ntitle: Korpus\n---\n")
    if theme == "korpus":
        w(f"{d}/themes/korpus/theme.yaml", "name: Korpus\ncontract: 1\n")
        w(f"{d}/themes/korpus/static/style.css", CSS)
        w(f"{d}/themes/korpus/templates/base.html", FRAME)
        for name, page in PAGES.items():
            w(f"{d}/themes/korpus/templates/{name}.html", '{% extends "base.html" %}{% block main %}' + page + "{% endblock %}\n")
    for slug, fm, body in g.articles():
        w(f"{d}/content/artikel/{slug}.md", front(fm, "tags: [" + ", ".join(fm["tags"]) + "]\n") + links(body, "@/artikel/{}.md", "@/vendors/{}.yaml"))
    fields = [field for field in FIELDS if field not in ("id", "name", "website")]
    kind = lambda field: "list" if field in LISTS else "choice" if isinstance(g.vendor(0)[field], bool) else "text"
    criteria = "".join(
        f"  - id: {field}\n    slug: {field.replace('_', '-')}\n    group: angaben\n    label: {field}\n    question: Was sagt der Anbieter?\n    explanation: Angabe des Anbieters.\n"
        f"    type: {kind(field)}\n    role: {ROLES.get(field, 'info')}\n    max_age_days: 3650\n"
        + ("    values: [{id: ja, label: ja, light: green, meaning: Ja.}, {id: nein, label: nein, light: red, meaning: Nein.}]\n" if kind(field) == "choice" else "")
        for field in fields)
    w(f"{d}/vendors/_criteria.yaml", "source_kinds: [{id: anbieter, label: Anbieter}]\ngroups: [{id: angaben, label: Angaben}]\ncriteria:\n" + criteria)
    w(f"{d}/vendors/_profiles.yaml", "profiles: [{id: alle, label: Alle, description: Für alle.}]\n")
    for v in g.vendors():
        source = f'sources: [{{url: "{v["website"]}", title: Anbieter, kind: anbieter, date: {v["checked"]}}}]'
        value = lambda field: "[" + ", ".join(v[field]) + "]" if field in LISTS else f'"{cell(v[field])}"' if kind(field) != "choice" else cell(v[field])
        facts = "".join(f"  {field}: {{value: {value(field)}, checked: {v['checked']}, confidence: medium, {source}}}\n" for field in fields)
        w(f"{d}/vendors/{v['id']}.yaml", f'name: "{v["name"]}"\nproduct: {v["id"]}\nvariant: Dienst\nstatus: active\nprovider: {{name: "{v["name"]}", country: {v["country"]}, parent_country: {v["country"]}}}\n'
          f'website: {v["website"]}\nsummary: "{v["notes"]}"\nreviewed: {v["checked"]}\nfacts:\n{facts}')
