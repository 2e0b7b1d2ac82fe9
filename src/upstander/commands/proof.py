"""Check a reporter's proof without any server, from its text, from its PDF, or from what its QR code says."""

import argparse
import json
from pathlib import Path

from upstander.commands import report
from upstander.engines import proofs


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one word is `verify`; the keys are the server's own, as its page of keys gives them."""
    parser.add_argument("word", choices=("verify",))
    parser.add_argument("proof", help="the proof's text, or a file that holds it, such as the PDF")
    parser.add_argument("--keys", type=Path, required=True, help="the file of published keys (/en/report/keys.json)")
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Say what a real proof says; 1 when it is not real."""
    told = json.loads(options.keys.read_text(encoding="utf-8"))["keys"]
    keys = {name: bytes.fromhex(key["public_key"]) for name, key in told.items()}
    proof = proofs.find(_text(options.proof))
    statement = proofs.verify(proof, keys) if proof else None
    if statement is None:
        report.show({"valid": False}, as_json=options.json)
        return 1
    deeds = [f"{deed.kind} {deed.agency} {deed.manner} {deed.moment.isoformat()}" for deed in statement.deeds]
    said = {"code": statement.code, "key": statement.key_id, "made_at": statement.made_at.isoformat()}
    report.show(
        {"valid": True, **said, "received_at": statement.received_at.isoformat(), "deeds": deeds}, as_json=options.json
    )
    return 0


def _text(given: str) -> str:
    """What was given, or what the file of that name holds: of a PDF the part that names its keywords is plain text."""
    if given.startswith(f"{proofs.VERSION}."):
        return given
    file = Path(given)
    return file.read_bytes().decode("latin-1") if file.is_file() else given
