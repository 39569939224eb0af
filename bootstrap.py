"""Set up the course: `.venv` with every package of requirements.lock (hashes checked) and the course itself.

Run it with any Python: ``python bootstrap.py``. Done once, it finds its stamp and returns at once. It uses the standard
library only, and no syntax newer than Python 3.6, so that an old Python can still say that it is too old.
"""

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
LOCK = os.path.join(ROOT, "requirements.lock")
PROJECT = os.path.join(ROOT, "pyproject.toml")
STAMP = os.path.join(VENV, ".course-ready")
LOG = os.path.join(VENV, "setup.log")
WINDOWS = os.name == "nt"

OLDEST = (3, 11)
OTHERS = ["python3.13", "python3.12", "python3.14", "python3.11"]  # looked for when this Python is too old
NEEDED_MB = 1000  # free space: what .venv takes, the download of the largest package, and some air
AGAIN = "Then run the same command again."


class Problem(Exception):
    """Set-up cannot go on. The message is one line: what is wrong and what to do next."""


def main():
    """Set up what is missing. Returns the exit status: 0 when the course is ready, 1 after one line that says why not."""
    try:
        if sys.version_info < OLDEST:
            return run_with_newer_python()
        if stamp_matches():
            return 0
        with only_one_at_a_time():
            if not stamp_matches():  # another set-up may have finished while this one waited
                set_up()
        return 0
    except KeyboardInterrupt:
        return fail("Set-up was interrupted. Run the same command again: it starts afresh.")
    except Problem as problem:
        return fail(str(problem))
    except OSError as error:
        return fail(explain_os_error(error))


def fail(message):
    """Print one line to stderr and return exit status 1."""
    sys.stderr.write(message + "\n")
    return 1


# --- Is there anything to do? ---------------------------------------------------------------------------------------


def digest(path):
    """The SHA-256 of a file, its line ends aside (git may change them on Windows)."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read().replace(b"\r\n", b"\n")).hexdigest()


def wanted_stamp():
    """What the stamp says when everything is as it should be. The folder is in it because scripts in a .venv hold its path."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    return "\n".join(["python " + python, "folder " + ROOT, "lock " + digest(LOCK), "project " + digest(PROJECT)]) + "\n"


def read_stamp():
    """The stamp of the last complete set-up, or an empty string."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError):
        return ""


def write_stamp(text):
    """Write down what is done."""
    with open(STAMP, "w", encoding="utf-8") as file:
        file.write(text)


def stamp_matches():
    """True if a complete set-up is there, made by this Python, and the Python that it was made with still exists."""
    return os.path.exists(venv_python()) and read_stamp() == wanted_stamp()


def venv_python():
    """The path of the Python in .venv."""
    return os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")


# --- Which Python? --------------------------------------------------------------------------------------------------


def run_with_newer_python():
    """Start this file again with a newer Python from PATH. Returns its exit status; raises Problem if there is none."""
    for name in OTHERS:
        path = shutil.which(name)
        # A pyenv shim is on PATH even when the version behind it is not: ask it.
        if path and answers(path):
            return subprocess.call([path, os.path.abspath(__file__)] + sys.argv[1:])
    raise Problem(
        "The course needs Python 3.11 or newer; this is Python %d.%d. Install Python 3.13, and make sure that "
        "`python3.13` is on your PATH. %s" % (sys.version_info[0], sys.version_info[1], AGAIN)
    )


def answers(python):
    """True if `python` runs and is new enough."""
    code = "import sys; sys.exit(sys.version_info < (%d, %d))" % OLDEST
    try:
        return subprocess.call([python, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def base_python():
    """The Python to make .venv with: not the one inside .venv (when it is activated), which is about to be replaced."""
    return getattr(sys, "_base_executable", None) or sys.executable


# --- Setting up -----------------------------------------------------------------------------------------------------


class only_one_at_a_time:
    """Hold a lock on this file, so that `make course` and `make test` in two terminals do not build one .venv twice."""

    def __enter__(self):
        self.file = open(os.path.abspath(__file__))
        if fcntl is None:
            return
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is running in this folder: waiting for it.")
            fcntl.flock(self.file, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks

    def __exit__(self, *exception):
        self.file.close()


def set_up():
    """Make .venv and fill it. Raises Problem or OSError. The stamp grows with what is done, so an interruption is noticed."""
    began = time.time()
    wanted = wanted_stamp()
    packages = wanted[: wanted.index("project ")]
    if os.path.exists(venv_python()) and read_stamp().startswith(packages):
        say("pyproject.toml has changed: installing the course again.")
        write_stamp(packages)
    else:
        say("Setting up the course. This happens once and takes about a minute.")
        make_venv()
        install_packages()
        write_stamp(packages)
    install_course()
    write_stamp(wanted)
    say("Ready after %.0f seconds." % (time.time() - began))


def make_venv():
    """Make an empty .venv, in place of one that is incomplete or of another Python."""
    need_space()
    need_venv_module()
    say("1/3 An environment of its own: .venv")
    if os.path.lexists(VENV):
        shutil.rmtree(VENV)
    command = [base_python(), "-I", "-m", "venv", VENV]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    if result.returncode != 0:
        raise Problem(explain(result.stdout) or "Python could not make .venv: " + last_line(result.stdout))


def need_space():
    """Raise Problem if the disk is nearly full."""
    free = shutil.disk_usage(ROOT).free // 2**20
    if free < NEEDED_MB:
        raise Problem("The disk is too full: %d MB are free, set-up needs %d MB. Make room. %s" % (free, NEEDED_MB, AGAIN))


def need_venv_module():
    """Raise Problem if this Python cannot make environments (Debian and Ubuntu put that in a package of its own)."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Problem(
            "This Python has no venv module. On Debian or Ubuntu: `sudo apt install python%d.%d-venv`; elsewhere: install "
            "Python from python.org. %s" % (sys.version_info[0], sys.version_info[1], AGAIN)
        ) from None


def install_packages():
    """Install exactly what requirements.lock names. Raises Problem if pip does not succeed."""
    with open(LOCK, encoding="utf-8") as file:
        pins = len(re.findall(r"^\S+==", file.read(), re.M))
    pip(["install", "--no-deps", "--require-hashes", "-r", LOCK], "2/3 Packages", pins)


def install_course():
    """Install the course itself, editable: a changed file counts at once."""
    pip(["install", "--no-deps", "--no-build-isolation", "--editable", ROOT], "3/3 The course", 1)


def pip(arguments, title, pins):
    """Run pip, its output in the log, and show how far it is. Raises Problem if it fails."""
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_USER="0")
    command = [venv_python(), "-I", "-m", "pip"] + arguments
    with open(LOG, "w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=ROOT)
    progress = Progress(title, pins)
    try:
        while process.poll() is None:
            time.sleep(0.2)
            progress.show(read_log())
    finally:
        if process.poll() is None:  # Ctrl+C
            process.kill()
            process.wait()
        progress.end()
    if process.returncode != 0:
        log_text = read_log()
        reason = explain(log_text) or "pip failed: " + last_line(log_text)
        raise Problem("%s The whole story: %s" % (reason, LOG))


def read_log():
    """What pip has said so far."""
    try:
        with open(LOG, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


# --- Showing that it is alive ---------------------------------------------------------------------------------------


def say(text):
    """Print a line now, whatever stands between Python and the screen."""
    print(text, flush=True)


class Progress:
    """One line that counts: rewritten in place on a terminal, a new one every ten seconds elsewhere."""

    def __init__(self, title, pins):
        self.title, self.pins = title, pins
        self.terminal = sys.stdout.isatty()
        self.shown, self.next_line = "", 0.0

    def show(self, log):
        """Show how far pip is, judged by its log and by what is in .venv."""
        total = self.pins - len(re.findall(r"^Ignoring ", log, re.M))
        fetched = len(re.findall(r"^(?:Collecting|Processing|Obtaining) ", log, re.M))
        text = "%s: %d of %d fetched" % (self.title, min(fetched, total), total)
        if "Installing collected packages" in log:
            text = "%s: %d of %d installed" % (self.title, min(installed(), total), total)
        if self.pins == 1:
            text = self.title
        elif "Retrying" in log.rstrip().rpartition("\n")[2]:
            text += ", the network does not answer, trying again"
        if self.terminal:
            if text != self.shown:
                sys.stdout.write("\r" + text.ljust(len(self.shown)))
                sys.stdout.flush()
                self.shown = text
        elif time.time() >= self.next_line:
            say(text)
            self.next_line = time.time() + 10

    def end(self):
        """Finish the line."""
        if self.shown:
            say("")


def installed():
    """The number of packages in .venv."""
    for folder, names, _ in os.walk(os.path.join(VENV, "Lib" if WINDOWS else "lib")):
        if os.path.basename(folder) == "site-packages":
            return sum(name.endswith(".dist-info") for name in names)
    return 0


# --- Saying what went wrong -----------------------------------------------------------------------------------------

KNOWN = [  # (what the output of pip or venv says, what to tell a person), the first that fits
    (
        r"No space left on device|Errno 28\b|not enough space",
        "The disk is full. Make room (set-up needs %d MB). %s" % (NEEDED_MB, AGAIN),
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "A downloaded package is not the one that requirements.lock names. Run `git checkout requirements.lock` and "
        "`python3 -m pip cache purge`, then the same command again; if it stays, your package mirror is not to be trusted.",
    ),
    (
        r"ensurepip is not available",
        "This Python has no venv module. On Debian or Ubuntu: `sudo apt install python3-venv`. " + AGAIN,
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "The package registry's certificate cannot be checked. Behind a company proxy, set PIP_CERT to its certificate. " + AGAIN,
    ),
    (
        r"NewConnectionError|NameResolutionError|Failed to establish a new connection|ConnectTimeout|ReadTimeout"
        r"|ConnectionError|ConnectionReset|ProxyError|Network is unreachable|Temporary failure in name resolution",
        "The package registry cannot be reached. Check the network (or set HTTPS_PROXY). " + AGAIN,
    ),
    (
        r"No matching distribution found for (\S+)|Failed to build '?(\S+?)'?$|ERROR: Failed building wheel for (\S+)",
        "There is no package of {0} that fits this machine and Python %d.%d. The course is proven with CPython 3.11, 3.12 "
        "and 3.13 on Linux, macOS and Windows: try `make course PYTHON=python3.13`." % sys.version_info[:2],
    ),
    (
        r"Permission denied|Errno 13\b|Read-only file system",
        "This folder cannot be written to. Clone the course to a folder of your own. " + AGAIN,
    ),
]


def explain(output):
    """The line for what is wrong in the output of pip or venv, or None if it is nothing known."""
    for pattern, message in KNOWN:
        found = re.search(pattern, output, re.M)
        if found:
            return message.format(*filter(None, found.groups()))
    return None


def explain_os_error(error):
    """The line for an error of the operating system."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return KNOWN[0][1]
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        place = error.filename or ROOT
        if WINDOWS:
            return "%s cannot be changed. Close JupyterLab and every window that uses .venv. %s" % (place, AGAIN)
        return "%s cannot be written to. Clone the course to a folder of your own. %s" % (place, AGAIN)
    return "Set-up failed: %s. %s" % (error, AGAIN)


def last_line(output):
    """The last line that says anything."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."


if __name__ == "__main__":
    sys.exit(main())
