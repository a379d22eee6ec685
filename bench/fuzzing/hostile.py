"""Inputs that are known to break parsers, and the words of each format; @HOST@ and @FILE@ are put in when they are run."""

from __future__ import annotations

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/d.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="d.xml"/></Relationships>',
}
BODY = (
    f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>Halm makes bread.</w:t></w:r></w:p>'
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Loaf</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
).encode()
_XXE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file://@FILE@"><!ENTITY y SYSTEM "http://@HOST@/y">'
_LAUGHS = b'<!DOCTYPE a [<!ENTITY a "haha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 12) for n in range(9)
)

ODD = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\r\n", b"\r", b"\x0b\x0c\x85",
    "\u2028\u2029\u202e\u200f".encode(), "\U0001f4a9é\u0301ﬁ\u00ad".encode(), b"\\ud800", b"\\u0000", b"\\U0010ffff",
    b"9" * 5000, b"1e999", b"-0", b"NaN", b"../../outside", b"/etc/passwd", b"a" * 3000, b"(" * 400, b"[" * 2000,
    b'{"a":' * 1500, b"%00", b"%s%n", b"\x1b[31m", b"9999-99-99", b"0000", b"@FILE@", b"http://@HOST@/x",
)  # fmt: skip
"""What inputs of any kind are strewn with."""

TOKENS: dict[str, str] = {
    "txt": "--- title: date: : - \n \n\n [ ] { } & * ! | > ' \" # % ? <<: &a *a 2017-05-10 speakers: ... \t word",
    "md": "# * _ ` ``` ~~~ | --- > - 1. [a](b) ![i](u) <div> </div> <!-- --> \\ \n \n\n \t &amp; ~~ : word [a]: /u **",
    "html": "<p> </p> <div> </div> <table> <tr> <td> <pre> <br> <li> <ul> <script> </script> <style> <!-- --> &nbsp; "
    "&#0; &#xd800; &#99999999; <title> <article> <main> <meta name='date' content='2017-05-10'> <svg> <time datetime= "
    "<a href='x'> <blockquote> <h1> </h1> word words. <![CDATA[ ]]> <?xml <body> <html> <template> <math> <select> \n",
    "json": '{ } [ ] , : " \\ "text" "id" "date" "title" "speakers" "documents" null true 1 1e400 -0 "word" \n \\u0000',
    "xml": "<w:p> </w:p> <w:r> <w:t> </w:t> </w:r> <w:tbl> </w:tbl> <w:tr> </w:tr> <w:tc> </w:tc> <w:txbxContent> "
    "</w:txbxContent> <w:sdt> <w:sdtContent> <w:ins> <w:moveTo> <w:tab/> <w:br/> <w:customXml> word &#10; &lt; <a> </a>"
    " <owl:Class rdf:about='#a'/> <rdf:Description> <owl:unionOf rdf:parseType='Collection'> </owl:unionOf> &a; <!--",
    "pdf": "BT ET Tf Tj TJ Td TD Tm T* ' \" q Q cm re f S W n Do BI ID EI gs /F1 /F9 12 0 1 -1 (word) <776f> [ ] 1e9 "
    "<< >> obj endobj stream endstream xref trailer /Length /Kids /Parent 1 0 R /Filter /FlateDecode BDC EMC",
    "toml": "sources output ontology reason merge base max_bytes query_seconds = [ ] { } \" ' \"\"\" ''' . , # \n "
    '"owl" "../x" 0.9 nan inf 1 0x1 1e9 true 1979-05-27 1979-05-27T07:32:00Z [a] [[a]] \\u0000 "https://kg.example/"',
    "env": "KG_SOURCES= KG_OUTPUT= KG_MERGE= KG_BASE= KG_MAX_BYTES= KG_QUERY_SECONDS= KG_REASON= KG_ : owl 1 nan inf -1 "
    "\n 1_000 ٣ 1e9 https://kg.example/ http://[ http://[::1]/ ../x KG_LLM_REQUESTS= KG_NOTHING= 1e309 //[/ a:/",
    "decisions": '{ } [ ] , : " "do" "merge" "reject" "split" "rename" "retype" "relate" "undo" "apart" "accept" \n '
    '"entities" "entity" "label" "subject" "predicate" "object" "who" "when" "decision" "new" "datatype" "date" null',
    "rq": "SELECT ASK CONSTRUCT DESCRIBE WHERE { } ( ) ?a ?b ?c * . ; , a rdfs:label company:produces <halm> FILTER "
    "OPTIONAL UNION MINUS BIND AS VALUES GRAPH SERVICE <http://@HOST@/s> FROM NAMED ORDER BY DESC LIMIT 1 GROUP COUNT "
    "HAVING IN NOT EXISTS REGEX REPLACE STRLEN UUID() NOW() RAND() + - / ^ | ! = < && 'x' \"y\" @en ^^ xsd:integer # \n "
    "PREFIX p: BASE << >> INSERT DELETE DATA LOAD CLEAR DROP _:b [] LATERAL $x STR IRI DATATYPE true 1 1.0e9 SILENT",
    "ttl": "@prefix a: <#> . @base <http://@HOST@/> . a owl:Class owl:ObjectProperty rdf:Property :A :B :p _:b [ ] ( ) ; , "
    "rdfs:label rdfs:subClassOf rdfs:domain rdfs:range owl:unionOf owl:inverseOf kgv:phrase kgv:namePattern "
    'kgv:mentionedAs "word" \'w\' """ @en @en-GB ^^ xsd:integer xsd:date xsd:dateTime xsd:duration rdf:XMLLiteral '
    "rdf:HTML <a b> <> 1 1.5 1e9 true # \n { } GRAPH << >> rdf:first rdf:rest rdf:nil owl:imports sh:property sh:path "
    "sh:targetClass sh:NodeShape sh:sparql sh:select sh:pattern sh:node sh:or sh:minCount schema:domainIncludes",
}
KINDS = {
    "jsonl": "json", "body": "xml", "page": "pdf", "docx": "xml", "owl": "xml", "jsonld": "json", "nt": "ttl",
    "trig": "ttl", "n3": "ttl", "trix": "xml", "replay": "decisions", "exports": "ttl", "members": "decisions",
}  # fmt: skip

HEAD = (
    b"@prefix : <https://x.example/#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    b"@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    b"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    b"@prefix kgv: <https://w3id.org/evident-kg/vocab#> .\n@prefix schema: <https://schema.org/> .\n"
)
TURTLE = (
    b':A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class ; rdfs:subClassOf :A ; rdfs:label "b"@en . :p a rdf:Property .',
    b":p a owl:ObjectProperty ; rdfs:domain [ owl:unionOf _:l ] . _:l rdf:first :A ; rdf:rest _:l .",
    b':p a rdf:Property ; rdfs:range xsd:date ; rdfs:comment "x"^^xsd:integer , "2017-13-45"^^xsd:date , '
    b'"P1"^^xsd:duration , "<a>"^^rdf:XMLLiteral , "<b>"^^rdf:HTML , "z"^^xsd:hexBinary , "&"^^xsd:base64Binary .',
    b':A a owl:Class ; kgv:namePattern "(((a+)+)+)$" , "[" . :p a rdf:Property ; rdfs:range :A .',
    b":p a rdf:Property ; owl:imports <http://@HOST@/o> , <file://@FILE@> ; rdfs:label '\\uD800' .",
    b':p a rdf:Property ; kgv:phrase "?s makes ?o" , "?o" , "" ; owl:inverseOf :p , _:x ; rdfs:subPropertyOf :p .',
    b":p a rdf:Property . " + b"[ :p " * 500,
    b"(" * 3000,
    b":p a rdf:Property . <a b> <\\u0020> <> .",
    b'@base <no base> . <x> a rdf:Property ; rdfs:label "' + b"x" * 50_000 + b'" .',
)
SHAPES = (
    b':S a sh:NodeShape ; sh:targetClass <https://x.example/A> ; sh:property [ sh:path rdfs:label ; sh:pattern "[" ] .',
    b":S a sh:NodeShape ; sh:targetNode :a ; sh:node :S ; sh:or ( :S ) ; sh:not :S .",
    b":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path ( ) ; sh:minCount 'x' ] .",
    b":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path [ sh:inversePath [ sh:zeroOrMorePath _:p ] ] ] .",
    b':S a sh:NodeShape ; sh:targetNode :a ; sh:sparql [ sh:select "SELECT $this { SERVICE <http://@HOST@/> { ?s ?p ?o } '
    b'}" ; sh:message "m" ] .',
    b":S a sh:NodeShape ; sh:targetNode :a ; sh:sparql [ sh:select 'SELECT $this FROM <file://@FILE@> { $this ?p ?o }' ] .",
    b":S a sh:NodeShape ; sh:targetNode :a ; owl:imports <http://@HOST@/s> ; sh:property [ sh:path rdfs:label ; sh:minCount 1 ] .",
)
QUERIES = (
    b"SELECT * { ?a ?b ?c }", b"ASK { }", b"CONSTRUCT WHERE { ?a ?b ?c }", b"DESCRIBE <halm>",
    b"SELECT * { SERVICE <http://@HOST@/s> { ?a ?b ?c } }", b"LOAD <http://@HOST@/l>", b"SELECT * { ?a ?b 1SERVICE<http://@HOST@/s>{?a ?b ?c} }",
    b"SELECT * { ?a ?b trueSERVICE<http://@HOST@/s>{?a ?b ?c} }", b"SELECT * { ?a ?b company:x.SERVICE<http://@HOST@/s>{} }",
    b"SELECT * { \\u0053ERVICE <http://@HOST@/s> { ?a ?b ?c } }", b"SELECT * { ?a ?b ?c.SERVICE?a{} VALUES ?a {<http://@HOST@/>} }",
    b"SELECT * { ?a ?b company:a\\# . SERVICE <http://@HOST@/s> { ?a ?b ?c }\n }", b"SELECT * { ?service company:service ?c }",
    b"SELECT * { ?a ?b company:a\\' . SERVICE <http://@HOST@/s> { ?a ?b 'x' } }", b"LOAD <file://@FILE@>",
    b"SELECT * { SERVICE SILENT <http://@HOST@/s> { ?a ?b ?c } }", b"INSERT DATA { <a> <b> <c> }", b"CLEAR ALL",
    b"SELECT * FROM <http://@HOST@/g> FROM <file://@FILE@> { ?a ?b ?c }", b"DROP ALL ; INSERT DATA { <a> <b> <c> }",
    b"SELECT (COUNT(*) AS ?n) (GROUP_CONCAT(?b) AS ?m) { ?a (!<x>|^!<y>)*/(<p>+)? ?b } GROUP BY ?a HAVING (?n > 1)",
    b'SELECT (REPLACE("' + b"a" * 60 + b'", "(a+)+$", "$1") AS ?x) { }', b"SELECT * { " + b"{ " * 500,
    b"SELECT (" + b"(" * 600 + b"1" + b")" * 600 + b" AS ?x) { }", b"SELECT ('\\uD800' AS ?x) (1/0 AS ?y) { }",
    b'SELECT ("x"^^xsd:integer AS ?i) ("1e999"^^xsd:double AS ?d) ("99999999999999999999"^^xsd:integer AS ?n) { }',
    b"SELECT (<< <a> <b> <c> >> AS ?t) { }", b"SELECT (NOW() AS ?n) (RAND() AS ?r) (BNODE() AS ?b) { } ORDER BY ?n",
)  # fmt: skip
DECISIONS = (
    b'{"do":"merge","entities":["https://kg.example/a","https://kg.example/b"],"who":"ann"}',
    b'{"do":"reject","subject":"a","predicate":"b","object":"c","document":"d","sentence":"e"}',
    b'{"do":"split","entity":"a","documents":["d"],"names":["n"]}\r\n{"do":"undo","decision":"00000000"}',
    b'{"do":"relate","subject":"a","predicate":"b","object":"2017","datatype":"date","source":"s",'
    b'"new":[{"iri":"a","label":"b","type":"c"}]}',
    b'{"do":"rename","entity":"a","label":"\\ud800"}\n<<<<<<< HEAD\n=======\n>>>>>>> b\n{"do":"retype","entity":"a","type":"t"}',
    b'{"do":' + b"[" * 100_000,
    b'{"do":"merge","entities":["a","a"]}\n{"do":"rename","entity":"a","label":" "}\n\x85{"do":"apart","entities":[]}',
)
JSONLD = (
    b'{"@context":{"rdfs":"http://www.w3.org/2000/01/rdf-schema#"},"@id":"https://x.example/p","@type":'
    b'"http://www.w3.org/1999/02/22-rdf-syntax-ns#Property","rdfs:label":"p"}',
    b'{"@context":"http://@HOST@/context.jsonld","@id":"https://x.example/p"}',
    b'{"@context":["file://@FILE@",{"@import":"http://@HOST@/i","@version":1.1}],"@id":"p","@graph":[{"@list":[[]]}]}',
    b'{"@context":{"a":{"@id":"b:c","@context":{"b":"a:"}},"b":"a:"},"a":{"@value":1,"@type":"@json","@language":2}}',
    b'[{"@id":1,"@type":[null,{}],"@reverse":{"a":"b"},"@included":7,"@index":{}}]',
)
_RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">'
XML = tuple(
    start + _RDF + b'<rdf:Property rdf:about="https://x.example/p"><rdfs:label>' + inside + b"</rdfs:label></rdf:Property></rdf:RDF>"
    for start, inside in (
        (b"", b"p"), (_XXE + b"]>", b"&x;&y;"), (_LAUGHS + b"]>", b"&j;"), (b'<?xml version="1.0" encoding="cp037"?>', b"p"),
        (b'<!DOCTYPE rdf:RDF SYSTEM "http://@HOST@/d.dtd">', b"<a/>"), (b"", b"<rdf:li/>" * 50), (b"", b"<b>" * 3000),
    )
)  # fmt: skip
HTML = (
    b"<!doctype html><title>T</title><article><h1>Halm</h1><p>" + b"Halm makes bread in the town. " * 20 + b"</p></article>",
    b"<div>" * 5000 + b"deep", b"<table>" * 300 + b"<tr><td>x", b"<meta charset=utf-7><p>+ADw-script", b"<p>" + b"&" * 5000,
    b'<?xml version="1.0" encoding="utf-32"?><html><p>x</p></html>', b"<meta charset='idna'><p>\xff\xfe words",
    b"<meta charset=base64><p>\xff", b"<meta charset=zlib_codec><p>\xff", b"<meta charset=unicode_escape><p>\\ud800\xff",
    b"<meta charset=undefined><p>\xff", b"<meta charset=punycode><p>\xff", b"<meta charset=utf-16><p>words \xff",
    b'<link rel=canonical href="http://[::1"><base href="http://[bad"><a href="http://[x]/">w</a>' + b"<p>words words.</p>" * 30,
    _XXE + b"]><html><p>&x;&y;</p></html>", b'<meta property="article:published_time" content="' + b"9" * 40 + b'"><p>x</p>',
)  # fmt: skip
TEXTS = (
    b"Halm makes bread.\n\nIt was founded in 1912.", b"---\ntitle: Halm\ndate: 2017-05-10\nspeakers: [A, B]\n---\nHalm makes bread.",
    b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\nx", b"---\na: &a [*a]\n---\nx", b"---\n? [a]\n: b\n---\nx",
    b"---\nspeakers: " + b"[" * 3000 + b"\n---\nx", b"---\n<<: [1]\ndate: !!python/object:os.system x\n---\nx",
    b"---\ndate: " + b"9" * 5000 + b"\n---\nx", b"\xff\xfeH\0a\0l\0m\0", b"\0\0\xfe\xff\0\0\0H", b"Caf\xe9 \x93quoted\x94 words",
    b"x" * 100_000, b"\x81\x8d\x8f\x90\x9d" * 40, "אבג \u202e abc\u0301".encode() * 30, b"a\n" * 20_000, b"+/v8 utf-7 +AGE-",
)  # fmt: skip
MARKDOWN = (
    b"# Halm\n\n* a\n* b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n<div>x</div>\n", b"> " * 3000 + b"x",
    b"* " * 3000 + b"x", b"[" * 5000, b"![" * 3000, b"`" * 5000 + b"a", b"*a _b " * 3000, b"<" * 5000, b"[a](<b" * 2000,
    b"|" * 5000 + b"\n" + b"|-" * 2500, b"&#xd800; &#0; &#1114112;", b"[a]: " * 2000,
)  # fmt: skip
JSON = (
    b'{"id":"a","text":"Halm makes bread.","date":"2017-05-10","title":"T","speakers":["A"]}', b'[{"text":"x"},{"text":1},3]',
    b'{"documents":[{"text":"\\ud800 x","id":1e400,"date":[],"speakers":{"a":1}}]}', b"[" * 100_000, b"9" * 10_000,
    b'{"text":"x","text":"y","id":true,"title":NaN,"date":20170510}', b'{"text":"x"}\r\n\n{"text":', b'{"a":' * 50_000,
    b'{"text":"x","date":"10/10/10 99999999999999999999 BC"}', b'{"text":"x","date":"2017-05-10T' + b"0" * 999 + b'"}',
)  # fmt: skip
CONFIG = (
    b'sources = ["data"]\noutput = "output"\nreason = "owl"\nmerge = 0.9\nbase = "https://x.example/g/"\n',
    b"merge = nan\nmax_bytes = 1e400\n", b"max_bytes = " + b"9" * 5000, b'base = "http://[/"', b'output = "\\u0000"',
    b"sources = " + b"[" * 5000, b"max_bytes = 1979-05-27", b"a." * 5000 + b"b = 1", b'query_seconds = "inf"', b"max_bytes = inf",
    b'base = "\\u00ad:/"', b'ontology = "' + b"x/" * 5000 + b'"', b"query_seconds = true", b'sources = ["\\u0000"]', b"merge = -1",
)  # fmt: skip
ENVIRONMENT = (
    b"KG_OUTPUT=a\nKG_MERGE=0.5\nKG_SOURCES=a:b", b"KG_MAX_BYTES=" + b"9" * 5000, b"KG_MERGE=nan\nKG_BASE=http://[/",
    b"KG_QUERY_SECONDS=1e999\nKG_LLM_REQUESTS=1_0", b"KG_OUTPUT=\xff\0", b"KG_MAX_BYTES=inf",
)  # fmt: skip
BODIES = (
    BODY, _XXE + b"]>" + BODY.replace(b"Loaf", b"&x;&y;"), _LAUGHS + b"]>" + BODY.replace(b"Loaf", b"&j;"),
    BODY.replace(b"Loaf", b"</w:t></w:r></w:p>" + b"<w:sdt>" * 5000), BODY.replace(b"<w:tbl>", b"<w:sdt>" * 250),
    BODY.replace(b"Loaf", b"<w:txbxContent><w:p><w:r><w:t>b</w:t></w:r></w:p></w:txbxContent>"), b"<a/>",
)  # fmt: skip
PAGES = (
    b"BT /F1 12 Tf 1 0 0 1 50 700 Tm (Halm makes bread.) Tj 0 -14 Td [(It ) -250 (is old)] TJ ET", b"q " * 5000,
    b"BT /F1 1e309 Tf 9e99 0 0 nan 1 1 Tm (x) Tj ET", b"BT (" + b"(" * 2000, b"BI /W 1 ID xx EI " * 50, b"[" * 3000,
    b"BT /F9 0 Tf 0 0 0 0 0 0 Tm <0041 0> Tj T* (\\777\\) a) ' ET", b"BT /F1 12 Tf " + b"<<" * 1500 + b" (a) Tj ET",
)  # fmt: skip

TRIX = tuple(
    start + b'<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"><graph><triple><uri>https://x.example/p</uri>'
    b"<uri>http://www.w3.org/1999/02/22-rdf-syntax-ns#type</uri>" + last + b"</triple></graph></TriX>"
    for start, last in (
        (b"", b"<uri>http://www.w3.org/1999/02/22-rdf-syntax-ns#Property</uri>"), (_XXE + b"]>", b"<plainLiteral>&x;&y;</plainLiteral>"),
        (_LAUGHS + b"]>", b"<uri>&j;</uri>"), (b"", b'<typedLiteral datatype="http://www.w3.org/2001/XMLSchema#hexBinary">x</typedLiteral>'),
    )
)  # fmt: skip
TRIPLES = (
    b'<https://x.example/p> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> .\n',
    b'<a:a> <a:b> "\\uD800" .\n', b"_:a <a:b> _:a .\n", b'<a:a> <a:b> "x"^^<http://www.w3.org/2001/XMLSchema#hexBinary> .\n',
)  # fmt: skip
LOOP = b"<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>"
