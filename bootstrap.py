"""Set up the course: `.venv` with every package of requirements.lock (hashes checked) and the course itself.

Run it with any Python: `python bootstrap.py`. With `--dev` it installs requirements-dev.lock, which adds what builds the
notebooks and proves them. Once done, it finds its stamp and returns at once. It uses the standard library only, and no
syntax newer than Python 3.6, so that an old Python can still say that it is too old.
"""

import ast
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
DEV_LOCK = os.path.join(ROOT, "requirements-dev.lock")
PROJECT = os.path.join(ROOT, "pyproject.toml")
STAMP = os.path.join(VENV, ".course-ready")
UV_FOLDER = os.path.join(VENV, "uv")
LOG = os.path.join(VENV, "setup.log")
WINDOWS = os.name == "nt"

OLDEST, NEWEST = (3, 11), (3, 14)  # newest: every package of requirements.lock has a wheel for it
OTHERS = ["python3.13", "python3.12", "python3.14", "python3.11"]  # looked for when this Python will not do
NEEDED_MB = 1000  # free space: 600 for .venv with --dev, 150 for downloads, and room to spare
EXACTLY = ["install", "--no-deps", "--require-hashes"]  # what a lock names, and nothing else
AGAIN = "Then run the same command again."


class Problem(Exception):
    """Set-up cannot go on. The message is one line: what is wrong and what to do next."""


def main(options=()):
    """Set up what is missing. Returns the exit status: 0 when the course is ready, 1 after one line that says why not."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a folder's name that the terminal cannot show is no reason to stop
    if list(options) not in ([], ["--dev"]):
        return fail("The only option is --dev: `python bootstrap.py --dev` adds what builds and tests the notebooks.")
    dev = bool(options)
    try:
        if not OLDEST <= sys.version_info[:2] <= NEWEST:
            return run_with_another_python(options)
        if is_ready(dev):
            return 0
        with OnlyOneAtATime():
            if not is_ready(dev):  # another set-up may have finished while this one waited
                set_up(dev)
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


def is_ready(dev=False):
    """True if a complete set-up is there, made by this Python, and the Python that it was made with still exists.

    One with the packages for development also serves where only a learner's are wanted.
    """
    return is_done(foundation() + [course_line()] + ([dev_line()] if dev else []))


def is_done(lines):
    """True if there is a Python in .venv, and the stamp has all these lines."""
    return os.path.exists(venv_python()) and set(lines) <= set(read(STAMP).splitlines())


def foundation():
    """The stamp's lines when .venv has a learner's packages. The folder counts because scripts in a .venv hold its path."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    return [f"python {python}", f"folder {ROOT}", f"packages {digest(LOCK)}"]


def dev_line():
    """The stamp's line when .venv has the packages for development, too."""
    return f"dev {digest(DEV_LOCK)}"


def course_line():
    """The stamp's line when the course itself is installed."""
    return f"project {digest(PROJECT)}"


def digest(path):
    """The SHA-256 of a file, its line ends aside (git may change them on Windows)."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read().replace(b"\r\n", b"\n")).hexdigest()


def write_stamp(lines):
    """Write down what is done."""
    with open(STAMP, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write("\n".join(lines) + "\n")


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


def run_with_another_python(options):
    """Become a Python of .venv or from PATH that will do, running this file. Raises Problem if there is none."""
    commands = [[path] for path in [venv_python(), *map(shutil.which, OTHERS)] if path]
    if WINDOWS and shutil.which("py"):
        commands.append(["py", "-3"])
    for command in commands:
        if will_do(command):
            command += [os.path.abspath(__file__), *options]
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


def set_up(dev):
    """Make .venv and fill it, or add what is missing. The stamp grows with what is done, so an interruption is noticed.

    Raises Problem or OSError.
    """
    began = time.time()
    packages, course = foundation(), course_line()
    dev = dev or is_done([*packages, dev_line()])  # what is there stays
    wanted = [*packages, dev_line()] if dev else packages
    if not is_done(packages):
        say("Setting up the course. This happens once and takes about a minute.")
        make_venv()
    elif not is_done([*packages, course]):
        say("pyproject.toml has changed: installing the course again.")
    if not is_done(wanted):
        install_packages(DEV_LOCK if dev else LOCK)
    if not is_done([*packages, course]):
        write_stamp(wanted)
        install_course()
    write_stamp([*wanted, course])
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


def install_packages(lock):
    """Install exactly what a lock names: with uv, which needs a fifth of pip's time; with pip if uv can't do it."""
    progress = Progress("2/3 Packages")
    try:
        uv = fetch_uv(progress.show)
        if not (uv and uv_installs(uv, lock, progress)):
            install_with_pip(lock, progress.show)
    finally:
        progress.end()
        shutil.rmtree(UV_FOLDER, ignore_errors=True)


def uv_installs(uv, lock, progress):
    """Install a lock with uv. Returns False, and leaves an empty .venv, if uv can't do it: pip then can, or says why not."""
    try:
        install_with_uv(uv, lock, progress.show)
        return True
    except Problem:
        reason = last_error(read(LOG))
    except OSError as error:  # this machine can't run it
        reason = str(error)
    progress.end()
    say(f"uv could not install the packages ({reason}). Starting again with pip, which takes longer.")
    make_venv()
    return False


def fetch_uv(show):
    """The path of uv, installed from its wheel into a folder that is deleted afterwards; None if there is none to be had.

    requirements-dev.lock pins it. It is not among a learner's packages, because it takes 40 MB.
    """
    alone = pin_alone("uv", DEV_LOCK)
    if alone:
        try:
            # One retry: if the network is down, pip finds that out again below, and says so.
            pip([*EXACTLY, "--retries", "1", "--target", UV_FOLDER, "-r", alone], show)
        except Problem:
            return None
    uv = os.path.join(UV_FOLDER, "bin", "uv.exe" if WINDOWS else "uv")
    return uv if os.path.exists(uv) else None


def install_with_uv(uv, lock, show):
    """Install a lock with uv, from where pip is told to find packages. Raises Problem."""
    settings = pip_settings()
    environment = {
        "UV_SYSTEM_CERTS": "true",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }  # both as pip; hashes are checked
    for setting, (variable, separator) in UV_VARIABLES.items():
        if settings.get(setting):
            environment[variable] = separator.join(settings[setting].split())
    environment.update(os.environ)  # who has set up uv knows better
    no_index = ["--no-index"] if settings.get("no-index", "").lower() in ("1", "true", "yes", "on") else []
    command = [uv, "pip", *EXACTLY, *no_index, "--python", venv_python(), "-r", lock]
    run(command, show, environment)


UV_VARIABLES = {  # a setting of pip: the variable that tells uv the same, and what separates its values
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "client-cert": ("SSL_CLIENT_CERT", " "),
    "proxy": ("ALL_PROXY", " "),
}


def pip_settings():
    """The settings of pip from its files and variables, by name; those for `install` win over the others, variables over all."""
    pip(["config", "list"], lambda log: None)
    found = {}
    for section in ("global", "install", ":env:"):
        for line in read(LOG).splitlines():
            name, _, value = line.partition("=")
            if name.startswith(section + "."):
                found[name[len(section) + 1 :]] = ast.literal_eval(value)
    return found


def install_with_pip(lock, show):
    """Install a lock with pip: its own newer version first, which needs half the time for the rest. Raises Problem."""
    newer_pip = pin_alone("pip", lock)
    if newer_pip:
        pip([*EXACTLY, "-r", newer_pip], lambda log: None)
    pip([*EXACTLY, "-r", lock], show)


def pin_alone(package, lock):
    """The path of a lock that holds only this package of another lock; None if it is not in there."""
    found = re.search(rf"^{package}==(?:.*\\\n)*.*\n", read(lock), re.M)
    if not found:
        return None
    alone = os.path.join(VENV, f"{package}.lock")
    with open(alone, "w", encoding="utf-8") as file:
        file.write(found.group())
    return alone


def install_course():
    """Install the course itself, editable: a changed file counts at once."""
    say("3/3 The course")
    pip(["install", "--no-deps", "--no-build-isolation", "--editable", ROOT], lambda log: None)


def pip(arguments, show):
    """Run the pip of .venv."""
    run([venv_python(), "-I", "-m", "pip", *arguments], show)


def run(command, show, variables=os.environ):
    """Run a command, its output in the log, and call `show(log)` five times a second. Raises Problem if it fails."""
    environment = dict(variables, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_USER="0")
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
        reason = explain(log) or f"Set-up failed: {last_error(log)}."
        raise Problem(f"{reason} The whole story is in {LOG}")


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
    """One line that says how long it has taken, and what is going on: rewritten in place on a terminal, else every ten seconds."""

    def __init__(self, title):
        self.title, self.began = title, time.time()
        self.terminal = sys.stdout.isatty()
        self.next, self.open = 0.0, False

    def show(self, log):
        """Show the time, and the last line that pip or uv has written."""
        if time.time() < self.next:
            return
        self.next = time.time() + (0.2 if self.terminal else 10)
        last = log.rstrip().rpartition("\n")[2].strip()
        if "Retrying (" in last:
            last = "the network does not answer; trying again"
        text = f"{self.title}: {time.time() - self.began:.0f} s  {last[:60]}".rstrip()
        if self.terminal:
            sys.stdout.write("\r" + text.ljust(79))
            sys.stdout.flush()
            self.open = True
        else:
            say(text)

    def end(self):
        """Leave the line."""
        if self.open:
            say("")
        self.open = False


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
    if error.errno == errno.ENOENT and error.filename in (LOCK, DEV_LOCK, PROJECT):
        return f"{error.filename} is missing. `git checkout {os.path.basename(error.filename)}` brings it back. {AGAIN}"
    return f"Set-up failed ({error}). Delete the folder {VENV}. {AGAIN}"


def last_error(output):
    """The last line that pip or uv calls an error, else the last line; without a full stop."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["it said nothing"]
    errors = [line for line in lines if line.lower().startswith("error:")]
    return (errors or lines)[-1].rstrip(".")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
