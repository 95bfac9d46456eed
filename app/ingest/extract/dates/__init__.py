"""Date expressions, found in the text itself and resolved to EDTF.

`dates` finds them; `patterns` and `checks` say what is one; `rules` and `readings` give the value.
"""
