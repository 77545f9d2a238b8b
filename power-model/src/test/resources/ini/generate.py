#!/usr/bin/env python3
"""Writes golden.txt: documents and what Python's configparser makes of them.

Run by hand when cases are added: python3 generate.py > golden.txt
Format: "case <escaped document>", then "error" or lines "value <section> <key> <escaped value or !>",
where ! is a value that cannot be interpolated; escapes are those of JSON strings.
"""
import configparser
import json
import random

CASES = [
    "",
    "[a]\nk = v\n",
    "[a]\nk: v\n[b]\nk = = v : w\n",
    "[server]\nntpServer: ntp.example.com\nlisten: 192.168.1.2 4950\n\n[ptd]\nptd: D:\\PTD\\new\\ptd.exe\n",
    "[server]\nntpserver = time.google.com\nlisten = 0.0.0.0 4950\n\n[ptd]\nptd = /x/ptd\ndevicetype = 49\n"
    "interfaceflag = \ndeviceport = COM1\nanalyzercount = 1\n\n[analyzer1]\ninterfaceflag = \ndevicetype = 49\n"
    "deviceport = /dev/usbtmc0\nnetworkport = 8888\n",
    "k = v\n",
    "# comment\n; comment\n[a]\n  # indented comment\nk = v # not a comment\n",
    "[a]\nk =\n  one\n  two\n\n  three\nl = x\n",
    "[a]\nk = one\n# comment inside\n  two\n",
    "[a]\n  k = one\n  l = two\n    more\n",
    "[a]\nk = v\n[a]\nl = w\n",
    "[a]\nk = v\nK = w\n",
    "[a]\nno delimiter\n",
    "[a]\n= v\n",
    "[a]\n= v\n  more\n",
    "[DEFAULT]\nk = d\n[a]\n[b]\nk = own\n",
    "[DEFAULT]\nk = d\n[DEFAULT]\nl = e\n[a]\n",
    "[DEFAULT]\nk = d\n[DEFAULT]\nk = e\n[a]\n",
    "[a]\nroot = /x\nptd = %(root)s/ptd\npercent = 100%%\n",
    "[a]\nptd = %(missing)s/ptd\n",
    "[a]\nptd = 100%\n",
    "[a]\nptd = 100%d\n",
    "[a]\nptd = %(open\n",
    "[a]\nk = %(k)s\n",
    "[a]\nx = %(Y)s\ny = %(Z)s\nZ = end\n",
    "[DEFAULT]\nhome = /d\n[a]\nptd = %(home)s/ptd\n[b]\nhome = /b\nptd = %(home)s/ptd\n",
    "[a]b]c\nk = v\n",
    "[ a ]\nk = v\n",
    "[]\nk = v\n",
    "[a]\n[]\nk = v\n",
    "[a]\nk = v\r\nl = w\r\n",
    "[a]\rk = v\rl = w",
    "[a]\nk\t=\tv\t\n",
    "[a]\nk = v\n\n\n\nl = w\n",
    "[a]\nk = v\n\n  continued after a blank line\n",
    "[a]\nk = v\n\u00a0 no-break space\n",
    "[a]\nk = \u00e4\u00f6\n\u00c4 = umlaut\n",
    "[a]\nk with blanks = v\n",
    "[a]\n[b\nk = v\n",
    "[a]\nk == v\n",
    "[a]\n  [b]\nk = v\n",
    "[a]\nk = v\n  [b]\n",
    "[A]\nk = v\n[a]\nk = w\n",
    "[a]\nk : v = w\n",
    "\n\n[a]\nk = v",
    "  [a]\nk = v\n",
    "[a]\n\tk = v\nl = w\n",
]

LINES = [
    "[a]", "[b]", "[DEFAULT]", "[analyzer1]", "k = v", "l: w", "m = %(k)s/x", "n = 100%%", "o = %(l)s%(k)s", "p =",
    "  q = indented", "    deeper", "\tcontinued", "", "  ", "# comment", "  ; comment", "r = a : b = c", "S T = u  ",
    "  # comment", "u=%(m)s", "w = one", "x:", "%(k)s = y", "[c] # behind", "z = ;", "no delimiter", "=", "k2 = %",
]


def fuzz(seed):
    rng = random.Random(seed)
    weights = [4] * (len(LINES) - 3) + [0.3] * 3
    chosen = []
    for line in rng.choices(LINES, weights, k=rng.randint(1, 9)):
        if rng.random() < 0.1 or line not in chosen or not line.strip():
            chosen.append(line)
    end = rng.choice(["\n", "\n", "\r\n"])
    return ("[s]" + end if rng.random() < 0.9 else "") + end.join(chosen) + rng.choice(["", end])


def escape(text):
    return json.dumps(text)


def split(text):
    # The iteration of a text file: universal newlines.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = text.split("\n")
    return [p + "\n" for p in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def emit(document):
    print("case", escape(document))
    parser = configparser.ConfigParser()
    try:
        parser.read_file(split(document))
    except configparser.Error:
        print("error")
        return
    for section in parser.sections():
        print("section", escape(section))
        for key in parser[section]:
            try:
                value = escape(parser.get(section, key))
            except configparser.Error:
                value = "!"
            print("value", escape(section), escape(key), value)


for case in CASES:
    emit(case)
for seed in range(400):
    emit(fuzz(seed))
