"""One foreground process for the service and Rasa.

Ends with 0 after Ctrl-C or SIGTERM, with 1 when the service itself ends. Rasa is started again
when it ends: meanwhile questions are answered by retrieval.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from inquiry_service.errors import ConfigurationFault
from inquiry_service.settings import Settings

_STOP_SECONDS = 10
_RESTART_SECONDS = 5
_START_SECONDS = 120
_LOOK_SECONDS = 0.2
_straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Past any proxy of the environment: service and Rasa are on this machine."""


@dataclass
class Supervisor:
    """Holds the two processes. `run` blocks until one of the reasons to stop comes."""

    settings: Settings
    stopping: bool = False
    service: "subprocess.Popen[bytes] | None" = None
    rasa: "subprocess.Popen[bytes] | None" = None
    rasa_ended: float = 0.0
    rasa_told: bool = False

    def run(self) -> int:
        self._refuse_busy_ports()
        signal.signal(signal.SIGINT, self._stop_soon)
        signal.signal(signal.SIGTERM, self._stop_soon)
        started = time.monotonic()
        try:
            self.rasa = self._start_rasa()
            self.service = self._start_service()
            self._announce(started)
            return self._watch()
        finally:
            self._stop_all()

    def _stop_soon(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _watch(self) -> int:
        while not self.stopping:
            if self.service is None or self.service.poll() is not None:
                _say("服务进程已退出，详情见上方日志。")
                return 1
            self._revive_rasa()
            self._tell_when_rasa_answers()
            time.sleep(_LOOK_SECONDS)
        _say("正在停止……")
        return 0

    def _revive_rasa(self) -> None:
        if self.rasa is None or self.rasa.poll() is None:
            return
        if not self.rasa_ended:
            _say(f"对话引擎已退出（详情见 {self._rasa_log}），{_RESTART_SECONDS} 秒后重启；")
            _say("其间问题仍由检索直接回答。")
            self.rasa_ended = time.monotonic()
        elif time.monotonic() - self.rasa_ended > _RESTART_SECONDS:
            self.rasa_ended, self.rasa_told = 0.0, False
            self.rasa = self._start_rasa()

    def _tell_when_rasa_answers(self) -> None:
        """Once after each start. Rasa listens only when its model is loaded."""
        running = self.rasa is not None and self.rasa.poll() is None
        if running and not self.rasa_told and _answers_at(self.settings.rasa_url):
            self.rasa_told = True
            _say("对话引擎      已就绪")

    def _announce(self, started: float) -> None:
        address = self.settings.address
        if not self._service_answers(started):
            return
        _say(f"问答与申请    {address}/")
        _say(f"网页聊天      {address}/chat")
        _say(f"工作人员      {address}/desk")
        _say(f"接口说明      {address}/openapi.json")
        _say("对话引擎      " + ("启动中，就绪前由检索直接回答" if self.rasa else "未启用"))
        _say("按 Ctrl-C 停止")

    def _service_answers(self, started: float) -> bool:
        url = f"http://{_reachable(self.settings.host)}:{self.settings.port}/healthz"
        while not self.stopping and self.service and self.service.poll() is None:
            if _answers_at(url):
                return True
            if time.monotonic() - started > _START_SECONDS:
                _say(f"服务在 {_START_SECONDS} 秒内没有响应，仍在等待，详情见上方日志。")
                return False
            time.sleep(_LOOK_SECONDS)
        return False

    def _start_service(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "inquiry_service", "serve"]
        return subprocess.Popen(command, start_new_session=True)  # noqa: S603

    def _start_rasa(self) -> "subprocess.Popen[bytes] | None":
        """None when no Rasa is configured. Its output goes to a log under `INQUIRY_HOME`."""
        settings = self.settings
        if not settings.rasa_url:
            return None
        python = Path(settings.bot_python).absolute()
        if not python.exists():
            raise ConfigurationFault(
                "INQUIRY_BOT_PYTHON", f"{python} 不存在，请先运行 make setup。"
            )
        model = settings.bot_model_file.absolute()
        if not model.exists():
            raise ConfigurationFault("INQUIRY_BOT_MODEL", f"{model} 不存在，请先运行 make setup。")
        self._rasa_log.parent.mkdir(parents=True, exist_ok=True)
        port = str(urlsplit(settings.rasa_url).port or 5005)
        bot = Path("bot").absolute()
        command = [str(python), str(bot / "launcher.py"), "run", "--port", port]
        command += ["--interface", "127.0.0.1", "--model", str(model)]
        command += ["--endpoints", str(bot / "endpoints.yml")]
        command += ["--credentials", str(bot / "credentials.yml")]
        with self._rasa_log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                command, start_new_session=True, stdout=log, stderr=log, env=self._rasa_environment
            )

    @property
    def _rasa_log(self) -> Path:
        return self.settings.home / "logs" / "rasa.log"

    @property
    def _rasa_environment(self) -> dict[str, str]:
        """Rasa is told where the actions are; the service's own secrets stay away from it."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("INQUIRY_")}
        actions = f"http://{_reachable(self.settings.host)}:{self.settings.port}/rasa/actions"
        return kept | {
            "INQUIRY_RASA_ACTIONS_URL": actions,
            "INQUIRY_RASA_ACTIONS_TOKEN": self.settings.actions_token,
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "2",
        }

    def _refuse_busy_ports(self) -> None:
        refuse_busy_port(self.settings)
        if self.settings.rasa_url:
            rasa = urlsplit(self.settings.rasa_url)
            _refuse_busy("INQUIRY_RASA_URL", rasa.hostname or "127.0.0.1", rasa.port or 5005)

    def _stop_all(self) -> None:
        running = [each for each in (self.service, self.rasa) if each and each.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _answers_at(url: str) -> bool:
    try:
        with _straight.open(url, timeout=1):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104


def refuse_busy_port(settings: Settings) -> None:
    """Raise `ConfigurationFault` when somebody else already listens where the service would."""
    _refuse_busy("INQUIRY_PORT", _reachable(settings.host), settings.port)


def _refuse_busy(setting: str, host: str, port: int) -> None:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:  # nobody listens there
        return
    raise ConfigurationFault(setting, f"{host}:{port} 已被占用，请停止占用它的程序，或换一个端口。")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
