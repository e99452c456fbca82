"""Dossiers under a passphrase, in the age format: any age tool opens them too.

scrypt makes guessing slow, and opening with it: about a second for each reading or writing.
"""

from sojourn.law.faults import Fault, InputError

_AGE = b"age-encryption.org/"
_ARMOUR = b"-----BEGIN AGE ENCRYPTED FILE-----"


class SealError(InputError):
    """A dossier cannot be opened with this passphrase."""


def is_sealed(raw: bytes) -> bool:
    """Return whether `raw` is an age file."""
    return raw.startswith((_AGE, _ARMOUR))


def seal(raw: bytes, passphrase: str) -> bytes:
    """Return `raw` encrypted."""
    from pyrage import passphrase as age  # loaded only where a dossier is encrypted

    sealed: bytes = age.encrypt(raw, passphrase)
    return sealed


def unseal(raw: bytes, passphrase: str, name: str) -> bytes:
    """Return what `raw` holds; `name` is the file's name in the fault. Raises SealError."""
    from pyrage import DecryptError
    from pyrage import passphrase as age

    try:
        opened: bytes = age.decrypt(raw, passphrase)
    except DecryptError as error:
        raise SealError(
            [
                Fault(
                    name,
                    0,
                    "sealed",
                    f"this passphrase does not open the dossier, or the file was damaged ({error})",
                    "Try the passphrase again (capitals, spaces, keyboard). If you are sure of it, take a copy of the "
                    "file. Without the passphrase nobody can read it: neither can we.",
                )
            ]
        ) from None
    return opened
