"""Make or repair `.venv/` in the checkout from the pinned, hashed requirements; quick when it is already so.

Runs with any Python 3.11+ and the standard library. The registry itself is not installed but found: a path file points
at the checkout, and `.venv/bin/sms-registry` is a small script.
"""

import fcntl
import hashlib
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = CHECKOUT / "scripts" / "requirements.txt"
STAMP = VENV / "complete"
BEGUN = VENV / "begun"
ATTEMPTS = 3

COMMAND = """\
#!/bin/sh
exec "$(dirname -- "$(readlink -f -- "$0")")/python" -P -c '
import sys
sys.argv[0] = "sms-registry"
from registry.command import main
sys.exit(main())' "$@"
"""


def main(more: list[str]) -> int:
    """Exit code 0 when the environment is whole, with the packages of `requirements-NAME.txt` for each name more."""
    return whole() or max(map(added, more), default=0)


def whole() -> int:
    """Exit code 0 when the environment has what the registry needs."""
    with REQUIREMENTS.open("rb") as requirements:
        fcntl.flock(requirements, fcntl.LOCK_EX)  # two scripts at once: the second waits and finds it made
        wanted = fingerprint(requirements.read())
        if STAMP.exists() and STAMP.read_text() == wanted and runs("-c", "pass"):
            return 0
        print("Making .venv from scripts/requirements.txt; this takes a few minutes the first time.", file=sys.stderr)
        STAMP.unlink(missing_ok=True)
        if not (make() and install()):
            print("The environment is not complete: see above; start again to go on.", file=sys.stderr)
            return 1
        point_at_checkout()
        STAMP.write_text(wanted)
    return 0


def added(name: str) -> int:
    """Exit code 0 when the environment has these packages as well."""
    requirements, stamp = REQUIREMENTS.with_name(f"requirements-{name}.txt"), VENV / f"complete-{name}"
    with requirements.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        wanted = fingerprint(file.read())
        if stamp.exists() and stamp.read_text() == wanted:
            return 0
        print(f"Adding scripts/{requirements.name} to .venv; this takes some minutes.", file=sys.stderr)
        if not install(requirements):
            return 1
        stamp.write_text(wanted)
    return 0


def fingerprint(requirements: bytes) -> str:
    """Changes with the requirements, this script and the place: an environment that was moved does not run."""
    parts = (requirements, Path(__file__).read_bytes(), str(CHECKOUT).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def runs(*arguments: str) -> bool:
    """Whether the environment's Python is new enough and does this."""
    new_enough = "import sys; sys.exit(sys.version_info < (3, 11))"
    return PYTHON.exists() and all(
        subprocess.run([PYTHON, *command], capture_output=True, check=False).returncode == 0
        for command in (("-c", new_enough), arguments)
    )


def make() -> bool:
    """An environment with a working pip; what is there is kept unless an installation into it was cut off."""
    if not BEGUN.exists() and runs("-m", "pip", "--version"):
        return True
    return subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False).returncode == 0


def install(requirements: Path = REQUIREMENTS) -> bool:
    """The pinned packages, each checked against its hash; tried again since networks fail.

    Packages are written after all are fetched: only a killed pip leaves half of one, and then the mark stays.
    """
    BEGUN.touch()
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "-r", requirements]
    for _ in range(ATTEMPTS):
        code = subprocess.run(command, check=False).returncode
        if code >= 0:
            BEGUN.unlink(missing_ok=True)
        if code == 0:
            return True
    return False


def point_at_checkout() -> None:
    """Let the environment import the registry, and give it the command."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=True).stdout.strip()
    (Path(packages) / "sms-registry.pth").write_text(f"{CHECKOUT}\n")
    command = VENV / "bin" / "sms-registry"
    command.write_text(COMMAND)
    command.chmod(0o755)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
