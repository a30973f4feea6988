"""The one code asset of all functions: their packages, their dependencies, the templates and config.json."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda as lambda_

from infra.dependencies import cache_key, dependencies
from infra.options import ROOT

SOURCES = ("functions", "site_templates")
_NOISE = shutil.ignore_patterns("__pycache__", "*.pyc")


Files = Mapping[str, bytes]


def code_asset(runtime: Mapping[str, object], files: Files) -> lambda_.Code:
    """Return the asset; `runtime` becomes config.json, and `files` (by path) stand beside it.

    A stack needs an object of its own; the work is done once.
    """
    document = config_json(runtime)
    return lambda_.Code.from_asset(
        str(ROOT / "functions"),
        asset_hash=asset_hash(document, files),
        asset_hash_type=cdk.AssetHashType.CUSTOM,
        bundling=cdk.BundlingOptions(
            # Never pulled: the local bundler returns True or raises.
            image=cdk.DockerImage.from_registry("not-used"),
            local=_Bundler(document, files),
        ),
    )


def config_json(runtime: Mapping[str, object]) -> bytes:
    """Return the document that ships: the same bytes for the same configuration, no spaces."""
    return json.dumps(runtime, ensure_ascii=False, separators=(",", ":")).encode()


def asset_hash(document: bytes, files: Files) -> str:
    """Return a digest of all that goes into the asset, and of how it gets there."""
    digest = hashlib.sha256(cache_key().encode())
    digest.update(document)
    for name, body in sorted(files.items()):
        digest.update(f"\0{name}\0{len(body)}\0".encode())
        digest.update(body)
    for path in _source_files():
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def assemble(document: bytes, files: Files, target: Path) -> None:
    """Put the asset together in `target`, which exists and is empty. Raises DependenciesError."""
    shutil.copytree(dependencies(), target, dirs_exist_ok=True)
    for source in SOURCES:
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target / source, ignore=_NOISE)
    (target / "config.json").write_bytes(document)
    for name, body in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(body)


def _source_files() -> Iterator[Path]:
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
                yield path


@jsii.implements(cdk.ILocalBundling)
class _Bundler:
    """Returns True or raises: False would send the CDK looking for Docker."""

    def __init__(self, document: bytes, files: Files) -> None:
        self._document = document
        self._files = files

    def try_bundle(self, output_dir: str, _options: cdk.BundlingOptions | None = None, **_kwargs: object) -> bool:
        """Fill `output_dir`."""
        assemble(self._document, self._files, Path(output_dir))
        return True
