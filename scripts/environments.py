"""Sets up the two Python environments and finds a browser; standard library only.

    python3 scripts/environments.py service    .venv: the service and its development tools
    python3 scripts/environments.py encoder    adds PyTorch (CPU) and sentence-transformers
    python3 scripts/environments.py ocr        adds the reading of scanned pages
    python3 scripts/environments.py bot        bot/.venv: Rasa on CPython 3.10
    python3 scripts/environments.py browser    finds Chromium, or installs it

Each is done again only when its lock file changed. See requirements/README.md.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVICE = ROOT / ".venv"
BOT = ROOT / "bot" / ".venv"
REQUIREMENTS = ROOT / "requirements"
UV = "uv==0.13.9"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def say(line: str) -> None:
    print(f"  {line}", flush=True)


def stop(sentence: str) -> None:
    """End with exit code 1 and say what to do."""
    print(f"\n{sentence}\n", file=sys.stderr, flush=True)
    raise SystemExit(1)


def interpreter(environment: Path) -> Path:
    folder = "Scripts" if os.name == "nt" else "bin"
    return environment / folder / "python"


def run(*command: str | Path, quiet: bool = False) -> bool:
    """Run a command in the repository; True when it succeeded."""
    output = subprocess.DEVNULL if quiet else None
    words = [str(word) for word in command]
    return (
        subprocess.run(words, cwd=ROOT, stdout=output, stderr=output, check=False).returncode == 0
    )


def must(sentence: str, *command: str | Path) -> None:
    if not run(*command):
        stop(sentence)


def once(environment: Path, stage: str, inputs: list[Path], work: Callable[[], None]) -> None:
    """Do the work unless it was done with the same inputs; a stamp in the environment tells."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()
    stamp = environment / f".{stage}-done"
    if stamp.exists() and stamp.read_text() == digest and interpreter(environment).exists():
        say(f"{stage}: up to date")
        return
    work()
    stamp.write_text(digest)


def version_of(python: str | Path) -> tuple[int, int] | None:
    """(major, minor) of an interpreter, or None when it does not run."""
    code = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(python), "-c", code], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    if answer.returncode:
        return None
    major, minor = answer.stdout.split()
    return int(major), int(minor)


def make_environment(folder: Path, python: str | Path) -> None:
    if interpreter(folder).exists() and version_of(interpreter(folder)) == version_of(python):
        return
    say(f"making {folder.relative_to(ROOT)} with {python}")
    must(
        f"{python} cannot make a virtual environment. On Debian and Ubuntu: "
        "apt-get install python3-venv",
        *(python, "-m", "venv", "--clear", folder),
    )


def uv(*arguments: str | Path) -> tuple[str | Path, ...]:
    return (interpreter(SERVICE), "-m", "uv", *arguments)


def install_locked(environment: Path, lock: Path) -> None:
    # A lock is complete, so nothing is looked up beyond it; torch has a step of its own.
    python = interpreter(environment)
    say(f"installing what {lock.relative_to(ROOT)} names")
    quiet = () if sys.stdout.isatty() else ("--quiet",)
    arguments = ("pip", "install", *quiet, "--python", python, "--require-hashes", "--no-deps")
    must(f"Installing {lock.name} failed: see above.", *uv(*arguments, "-r", lock))


def service() -> None:
    python = next(
        (each for each in service_candidates() if (version_of(each) or (0, 0)) >= (3, 11)), ""
    )
    if not python:
        stop("The service needs CPython 3.11 or newer, and none was found on PATH. Install one.")
    make_environment(SERVICE, python)

    def work() -> None:
        pip = (interpreter(SERVICE), "-m", "pip", "install", "--quiet")
        must("pip could not install uv: is the package index reachable?", *pip, UV)
        install_locked(SERVICE, REQUIREMENTS / "service.lock")
        itself = ("pip", "install", "--quiet", "--python", interpreter(SERVICE), "--no-deps")
        must("Installing the service itself failed.", *uv(*itself, "--editable", ROOT))

    once(SERVICE, "service", [REQUIREMENTS / "service.lock", ROOT / "pyproject.toml"], work)


def service_candidates() -> Iterator[str]:
    yield sys.executable
    for minor in range(14, 10, -1):
        if found := shutil.which(f"python3.{minor}"):
            yield found


def encoder() -> None:
    """PyTorch in its CPU build and the libraries that prepare a model."""
    inputs = [REQUIREMENTS / "encoder.lock", REQUIREMENTS / "torch.version"]

    def work() -> None:
        install_torch((REQUIREMENTS / "torch.version").read_text().strip())
        install_locked(SERVICE, REQUIREMENTS / "encoder.lock")

    once(SERVICE, "encoder", inputs, work)


def ocr() -> None:
    """Scanned pages and pictures; its models come in its wheel."""
    lock = REQUIREMENTS / "ocr.lock"
    once(SERVICE, "ocr", [lock], lambda: install_locked(SERVICE, lock))


def install_torch(version: str) -> None:
    python = interpreter(SERVICE)
    check = f"import torch, sys; sys.exit(torch.__version__.split('+')[0] != '{version}')"
    if run(python, "-c", check, quiet=True):
        return
    say(f"PyTorch {version}, CPU build")
    if sys.platform == "linux" and platform.machine() == "x86_64":
        pip = (python, "-m", "pip", "install", "--no-deps", "--progress-bar", "on")
        if run(*pip, f"torch=={version}+cpu", quiet=True):
            return
    arguments = ("pip", "install", "--python", python, "--no-deps", f"torch=={version}")
    if run(*uv(*arguments, "--torch-backend=cpu")):
        return
    say("No index with the CPU build answered: taking PyTorch from the general index,")
    say("which on Linux x86-64 brings about 3 GB of CUDA packages. See requirements/README.md.")
    must("PyTorch could not be installed.", python, "-m", "pip", "install", f"torch=={version}")


def bot() -> None:
    """Rasa 3.6 runs on CPython 3.10 only, so it has an environment of its own."""
    lock = ROOT / "bot" / "requirements.lock"

    def work() -> None:
        make_environment(BOT, find_python310())
        say("Rasa and what it needs: about 2.5 GB on disk")
        install_locked(BOT, lock)

    once(BOT, "bot", [lock], work)


def find_python310() -> str:
    """An explicit setting, PATH, pyenv's versions, or one that uv manages, in this order."""
    explicit = os.environ.get("INQUIRY_PYTHON310")
    if explicit:
        if version_of(explicit) != (3, 10):
            stop(f"INQUIRY_PYTHON310 is {explicit}, which is not a CPython 3.10.")
        return explicit
    for candidate in python310_candidates():
        if version_of(candidate) == (3, 10):
            return str(candidate)
    say("no CPython 3.10 found; asking uv for one")
    if run(*uv("python", "install", "--quiet", "3.10")):
        return managed_python310() or ""
    stop(
        "The bot needs CPython 3.10 (Rasa 3.6 does not run on a newer one), and none was found.\n"
        "Install it in one of these ways, then run the command again:\n"
        "  - pyenv install 3.10\n"
        "  - uv python install 3.10\n"
        "  - your system's package python3.10 with python3.10-venv\n"
        "  - or set INQUIRY_PYTHON310 to the path of a CPython 3.10 interpreter."
    )
    return ""


def python310_candidates() -> Iterator[str | Path]:
    if found := shutil.which("python3.10"):
        yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(pyenv.glob("versions/3.10*/bin/python"), reverse=True)
    if managed := managed_python310():
        yield managed


def managed_python310() -> str | None:
    find = [str(word) for word in uv("python", "find", "--managed-python", "3.10")]
    answer = subprocess.run(find, capture_output=True, text=True, check=False, cwd=ROOT)
    return answer.stdout.strip() if answer.returncode == 0 else None


def browser() -> None:
    """The browser tests need Chromium: an explicit setting, PATH, or the system's package."""
    if found := find_browser():
        say(f"browser: {found}")
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("installing Chromium and Chinese fonts from the system's packages")
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk")
    if not find_browser():
        stop(
            "The browser tests need Chromium. Install it (Debian: apt-get install chromium "
            "fonts-noto-cjk) or set INQUIRY_CHROMIUM to its path."
        )


def find_browser() -> str | None:
    explicit = os.environ.get("INQUIRY_CHROMIUM")
    return explicit or next(filter(None, map(shutil.which, BROWSERS)), None)


STAGES: dict[str, Callable[[], None]] = {
    "service": service,
    "encoder": encoder,
    "ocr": ocr,
    "bot": bot,
    "browser": browser,
}


def main() -> None:
    names = sys.argv[1:]
    if not names or any(name not in STAGES for name in names):
        print(__doc__, file=sys.stderr)
        raise SystemExit(2)
    for name in names:
        STAGES[name]()


if __name__ == "__main__":
    main()
