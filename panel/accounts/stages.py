"""What stands between the first proof and the session."""

from __future__ import annotations

from typing import Any

from allauth.mfa.stages import AuthenticateStage


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """Colleagues show their second key.

    A citizen's passkey is another way in, never a second lock.
    """

    def handle(self) -> tuple[Any, bool]:
        """As allauth's, for colleagues only."""
        user = self.login.user
        if user is not None and not user.is_staff:
            return None, True
        return super().handle()  # type: ignore[no-any-return]
