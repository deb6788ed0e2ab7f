"""A session that dials one address, that was judged, and speaks to the host that was named."""

import ssl
from functools import cache
from typing import Any

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from requests_hardened import Config, HTTPSession

from .addresses import IP, Target
from .lifelines import Pool, SecurePool


@cache
def trusted() -> ssl.SSLContext:
    """Certificates are checked against those of the system, where a company keeps its own, and those of the web."""
    return ssl.create_default_context()


class PinnedAdapter(HTTPAdapter):
    """Dials `address` for whatever it is asked, while certificate and header are those of `target`."""

    def __init__(self, target: Target, address: IP) -> None:
        self.target, self.address = target, address
        super().__init__(max_retries=0, pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Uses our own connections, which a lifeline ends."""
        super().init_poolmanager(*args, ssl_context=trusted(), **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": SecurePool}

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: bool | str, cert: str | tuple[str, str] | None = None
    ) -> tuple[Any, Any]:
        """Puts the judged address where the name stood, and the name where it is checked."""
        host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        host["host"] = f"[{self.address}]" if self.address.version == 6 else str(self.address)
        if self.target.scheme == "https":
            pool |= {"assert_hostname": self.target.host, "server_hostname": self.target.host}
        return host, pool


def session_for(target: Target, address: IP, *, seconds: float, agent: str) -> HTTPSession:
    """Follows nothing, keeps no cookie, and reads neither proxies nor passwords from its surroundings."""
    config = Config(
        ip_filter_enable=False,  # judged before, by more than the filter knows
        ip_filter_allow_loopback_ips=False,
        never_redirect=True,
        default_timeout=(seconds, seconds),
        user_agent_override=agent,
    )
    session = HTTPSession(config)
    session.trust_env = False
    adapter = PinnedAdapter(target, address)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session
