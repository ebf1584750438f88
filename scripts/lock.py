"""Writes the lock files from pyproject.toml and bot/requirements.in; run by `make lock`."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"


def compile_lock(out: Path, *arguments: str) -> None:
    """One lock file, with hashes and without any index address."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes"]
    command += ["--no-emit-index-url", "--custom-compile-command", "make lock"]
    command += [*arguments, "--output-file", str(out.relative_to(ROOT))]
    print(f"locking {out.relative_to(ROOT)}", flush=True)
    subprocess.run(command, check=True, cwd=ROOT)


def main() -> None:
    universal = ("--universal", "--python-version", "3.11", "pyproject.toml")
    compile_lock(REQUIREMENTS / "service.lock", *universal, "--group", "dev")
    compile_lock(
        REQUIREMENTS / "encoder.lock",
        *universal,
        *("--extra", "encoder", "--overrides", "requirements/overrides.txt"),
        *("--constraints", "requirements/service.lock"),
    )
    compile_lock(
        REQUIREMENTS / "ocr.lock",
        *universal,
        *("--extra", "ocr", "--constraints", "requirements/service.lock"),
    )
    bot = ("--python-version", "3.10", "bot/requirements.in")
    compile_lock(ROOT / "bot" / "requirements.lock", *bot)


if __name__ == "__main__":
    main()
