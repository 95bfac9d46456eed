"""Nobody writes lines of the log but the program."""

import subprocess
import sys

FORGING = """
import logging
from app import logs
logs.configure("info", "text")
logging.getLogger("app").warning("Refused: %s", "a\\nERROR all is lost\\x1b[2J\\u2028x")
"""


def test_what_a_client_sends_stays_on_one_line() -> None:
    code = [sys.executable, "-c", FORGING]
    written = subprocess.run(code, capture_output=True, text=True, check=True).stderr

    assert written == "WARNING Refused: a\\nERROR all is lost\\x1b[2J\\u2028x\n"
