"""Set up the course: `.venv` with every package of requirements.lock (hashes checked) and the course itself.

Run it with any Python: `python bootstrap.py`. Once done, it finds its stamp and returns at once. It uses the standard
library only, and no syntax newer than Python 3.6, so that an old Python can still say that it is too old.
"""

import errno
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
LOCK = os.path.join(ROOT, "requirements.lock")
PROJECT = os.path.join(ROOT, "pyproject.toml")
STAMP = os.path.join(VENV, ".course-ready")
LOG = os.path.join(VENV, "setup.log")
WINDOWS = os.name == "nt"

OLDEST, NEWEST = (3, 11), (3, 14)  # newest: every package of requirements.lock has a wheel for it
OTHERS = ["python3.13", "python3.12", "python3.14", "python3.11"]  # looked for when this Python will not do
NEEDED_MB = 1000  # free space: 600 for .venv, 150 for downloads, and some air
AGAIN = "Then run the same command again."


class Problem(Exception):
    """Set-up cannot go on. The message is one line: what is wrong and what to do next."""


def main():
    """Set up what is missing. Returns the exit status: 0 when the course is ready, 1 after one line that says why not."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a folder's name that the terminal cannot show is no reason to stop
    try:
        if not OLDEST <= sys.version_info[:2] <= NEWEST:
            return run_with_another_python()
        if is_ready():
            return 0
        with OnlyOneAtATime():
            if not is_ready():  # another set-up may have finished while this one waited
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


# --- Is there anything to do? ------------------------------------------------------------------------------------------


def is_ready():
    """True if a complete set-up is there, made by this Python, and the Python that it was made with still exists."""
    return os.path.exists(venv_python()) and read_stamp() == wanted_stamp()


def wanted_stamp():
    """What the stamp says when everything is done. The folder counts because scripts in a .venv hold its path."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    return f"python {python}\nfolder {ROOT}\npackages {digest(LOCK)}\nproject {digest(PROJECT)}\n"


def digest(path):
    """The SHA-256 of a file, its line ends aside (git may change them on Windows)."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read().replace(b"\r\n", b"\n")).hexdigest()


def read_stamp():
    """The stamp that set-up left, or an empty string."""
    return read(STAMP)


def write_stamp(text):
    """Write down what is done."""
    with open(STAMP, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)


def read(path):
    """A file's text, or an empty string when it cannot be read."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    except OSError:
        return ""


def venv_python():
    """The path of the Python in .venv."""
    return os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")


# --- Which Python? -----------------------------------------------------------------------------------------------------


def run_with_another_python():
    """Become a Python of .venv or from PATH that will do, running this file. Raises Problem if there is none."""
    commands = [[path] for path in [venv_python(), *map(shutil.which, OTHERS)] if path]
    if WINDOWS and shutil.which("py"):
        commands.append(["py", "-3"])
    for command in commands:
        if will_do(command):
            command.append(os.path.abspath(__file__))
            return subprocess.call(command) if WINDOWS else os.execv(command[0], command)
    raise Problem(
        "The course runs on Python {}.{} to {}.{}, and this is {}. Install Python 3.13 so that `python3.13` is on your "
        "PATH. {}".format(*OLDEST, *NEWEST, this_python(), AGAIN)
    )


def will_do(command):
    """True if the command runs a Python that will do. A pyenv shim may be on PATH without the version behind it."""
    code = f"import sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    try:
        return subprocess.call([*command, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def this_python():
    """Such as `Python 3.12`."""
    return "Python {}.{}".format(*sys.version_info)


def base_python():
    """The Python to make .venv with: not the one inside .venv (when it is activated), which is about to be replaced."""
    return getattr(sys, "_base_executable", None) or sys.executable


# --- Setting up --------------------------------------------------------------------------------------------------------


class OnlyOneAtATime:
    """Hold a lock on this file, so that `make course` and `make test` in two terminals do not build one .venv twice."""

    def __enter__(self):
        self.file = open(os.path.abspath(__file__), "rb")
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
    """Make .venv and fill it. The stamp grows with what is done, so an interruption is noticed. Raises Problem or OSError."""
    began = time.time()
    everything = wanted_stamp()
    packages = everything[: everything.index("project ")]
    if os.path.exists(venv_python()) and read_stamp().startswith(packages):
        say("pyproject.toml has changed: installing the course again.")
    else:
        say("Setting up the course. This happens once and takes about a minute.")
        make_venv()
        install_packages()
    write_stamp(packages)
    install_course()
    write_stamp(everything)
    say(f"Ready after {time.time() - began:.0f} seconds.")


def make_venv():
    """Make an empty .venv, in place of one that is incomplete, broken or of another Python."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Problem(no_venv_module()) from None
    if os.path.isdir(VENV) and not os.path.islink(VENV):
        shutil.rmtree(VENV)
    elif os.path.lexists(VENV):
        os.remove(VENV)
    free = free_mb()
    if free < NEEDED_MB:
        raise Problem(f"The disk is too full: {free} MB are free, and set-up needs {NEEDED_MB} MB. Make room. {AGAIN}")
    say("1/3 An environment of its own: .venv")
    os.mkdir(VENV)
    run([base_python(), "-I", "-m", "venv", VENV], lambda log: None)


def no_venv_module():
    """What to do about a Python that cannot make environments: Debian and Ubuntu put that in a package of its own."""
    package = "python{}.{}-venv".format(*sys.version_info)
    return f"This Python has no venv module. On Debian or Ubuntu: `sudo apt install {package}`; elsewhere: reinstall Python. {AGAIN}"


def install_packages():
    """Install exactly what requirements.lock names: its pip first, which needs half the time of an older one for the rest."""
    lock = read(LOCK)
    progress = Progress("2/3 Packages", pins=len(re.findall(r"^\S+==", lock, re.M)))
    newer_pip = re.search(r"^pip==(?:.*\\\n)*.*\n", lock, re.M)
    if newer_pip:
        alone = os.path.join(VENV, "pip.lock")
        with open(alone, "w", encoding="utf-8") as file:
            file.write(newer_pip.group())
        pip(["install", "--no-deps", "--require-hashes", "-r", alone], lambda log: None)
    try:
        pip(["install", "--no-deps", "--require-hashes", "-r", LOCK], progress.show)
    finally:
        progress.end()


def install_course():
    """Install the course itself, editable: a changed file counts at once."""
    say("3/3 The course")
    pip(["install", "--no-deps", "--no-build-isolation", "--editable", ROOT], lambda log: None)


def pip(arguments, show):
    """Run the pip of .venv."""
    run([venv_python(), "-I", "-m", "pip", *arguments], show)


def run(command, show):
    """Run a command, its output in the log, and call `show(log)` five times a second. Raises Problem if it fails."""
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_USER="0")
    with open(LOG, "wb") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            cwd=ROOT,
            start_new_session=not WINDOWS,  # a group that can be ended as a whole
        )
    try:
        while process.poll() is None:
            time.sleep(0.2)
            show(read(LOG))
    finally:
        if process.poll() is None:  # Ctrl+C
            end(process)
    if process.returncode != 0:
        log = read(LOG)
        raise Problem(f"{explain(log) or last_error(log)} The whole story is in {LOG}")


def end(process):
    """End a command and what it has started: a pip that lives on would write into the next .venv."""
    if WINDOWS:
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_mb():
    """Free space for .venv, in MB."""
    return shutil.disk_usage(ROOT).free // 2**20


# --- Showing that it is alive ------------------------------------------------------------------------------------------


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
        total = self.pins - len(re.findall(r"^Ignoring ", log, re.M))  # for another platform or Python
        fetched = len(re.findall(r"^(?:Collecting|Processing) ", log, re.M))
        if not fetched:
            return
        done, what = fetched, "fetched"
        if "Installing collected packages" in log:
            done, what = installed(), "installed"
        text = f"{self.title}: {min(done, total)} of {total} {what}"
        if "Retrying (" in log.rstrip().rpartition("\n")[2]:
            text += ", but the network does not answer; trying again"
        if self.terminal and text != self.shown:
            sys.stdout.write("\r" + text.ljust(len(self.shown)))
            sys.stdout.flush()
            self.shown = text
        elif not self.terminal and time.time() >= self.next_line:
            say(text)
            self.next_line = time.time() + 10

    def end(self):
        """Leave the line."""
        if self.shown:
            say("")


def installed():
    """The number of packages in .venv."""
    for folder, names, _ in os.walk(os.path.join(VENV, "Lib" if WINDOWS else "lib")):
        if os.path.basename(folder) == "site-packages":
            return sum(name.endswith(".dist-info") for name in names)
    return 0


# --- Saying what went wrong --------------------------------------------------------------------------------------------

DISK_FULL = f"The disk is full. Make room (set-up needs {NEEDED_MB} MB). {AGAIN}"
NOT_WRITABLE = (
    f"You may not write to {ROOT}. Clone the course into a folder of your own (or, if another user made .venv there, have "
    f"it deleted). {AGAIN}"
)

KNOWN = [  # (what pip or venv says, what to tell a person); the first that fits
    (r"No space left on device|Errno 28\b|not enough space", DISK_FULL),
    (
        r"DO NOT MATCH THE HASHES|Hashes are required in --require-hashes mode",
        "A downloaded package is not the one that requirements.lock names. Run `git checkout requirements.lock` and "
        "`python3 -m pip cache purge`, then the same command again; if it stays, your package mirror cannot be trusted.",
    ),
    (r"ensurepip is not available|No module named '?(?:ensurepip|venv)", no_venv_module()),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "The package registry's certificate cannot be verified. Behind a company proxy, set PIP_CERT to the proxy's "
        f"certificate. {AGAIN}",
    ),
    (
        r"Failed to establish a new connection|NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout"
        r"|ConnectionError|ConnectionReset|ProxyError|Network is unreachable|Temporary failure in name resolution",
        f"The package registry cannot be reached. Check the network; behind a proxy, set HTTPS_PROXY. {AGAIN}",
    ),
    (
        r"No matching distribution found for (?P<package>[^\s;]+)|Failed building wheel for (?P<built>\S+)",
        f"No package of {{}} fits this machine and {this_python()}. The course is tested with CPython 3.11, 3.12 and 3.13 "
        "on Linux, macOS and Windows: try another, such as `make course PYTHON=python3.13`.",
    ),
    (r"Permission denied|Errno 13\b|Read-only file system", NOT_WRITABLE),
]


def explain(output):
    """The line for what is wrong in the output of pip or venv, or None if it is nothing known."""
    for pattern, message in KNOWN:
        found = re.search(pattern, output)
        if found:
            return message.format(*filter(None, found.groups()))
    return DISK_FULL if free_mb() < 20 else None  # too full even for the log to say so


def explain_os_error(error):
    """The line for an error of the operating system."""
    if error.errno == errno.ENOSPC:
        return DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and WINDOWS:
        return f"{ROOT} cannot be changed. Close JupyterLab and every window that uses .venv. {AGAIN}"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NOT_WRITABLE
    if error.errno == errno.ENOENT and error.filename in (LOCK, PROJECT):
        return f"{error.filename} is missing. `git checkout {os.path.basename(error.filename)}` brings it back. {AGAIN}"
    return f"Set-up failed ({error}). Delete the folder {VENV}. {AGAIN}"


def last_error(output):
    """The last line that pip calls an error, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["it said nothing"]
    errors = [line for line in lines if line.lower().startswith("error:")]
    return "Set-up failed: {}.".format((errors or lines)[-1].rstrip("."))


if __name__ == "__main__":
    sys.exit(main())
