"""The shop's tables, and the SQLite file that they live in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import DateTime, Dialect, ForeignKey, NullPool, TypeDecorator, create_engine, func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

LOCK_TIMEOUT_S = 5


class Tables(DeclarativeBase):
    """What `create_all` makes."""


class Instant(TypeDecorator[datetime]):
    """An aware moment: SQLite forgets the zone, so UTC is put back."""

    impl = DateTime
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's signature
        """Return the stored moment with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Product(Tables):
    """Something on sale."""

    __tablename__ = "products"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    price_cents: Mapped[int]
    stock: Mapped[int]


class Order(Tables):
    """Something sold; the price is kept as it was at that moment."""

    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int]
    total_cents: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant, default=lambda: datetime.now(UTC))


SEED = (
    ("Espresso cup", 1290, 120),
    ("Pour-over kettle", 6900, 35),
    ("Hand grinder", 8450, 18),
    ("Paper filters (100)", 590, 400),
    ("Coffee scale", 4990, 60),
    ("House blend (1 kg)", 2490, 250),
)


class Database:
    """Sessions on one SQLite file.

    Each session opens the file anew, so that a database that goes away is gone at once and one that comes back is
    back at once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = _engine(path)

    def prepare(self) -> None:
        """Make the tables, and fill them where they are empty."""
        Tables.metadata.create_all(self._engine)
        with self.session() as session:
            if not session.scalar(select(func.count()).select_from(Product)):
                session.add_all(Product(name=name, price_cents=price, stock=stock) for name, price, stock in SEED)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give one transaction: committed at the end, rolled back where something raises."""
        with Session(self._engine) as session, session.begin():
            yield session

    def ping(self) -> None:
        """Raise SQLAlchemyError where the database cannot be read."""
        with self.session() as session:
            session.execute(text("SELECT 1 FROM products LIMIT 1"))

    def fail(self) -> None:
        """From now on every query fails: the engine is pointed at a directory, which SQLite cannot open."""
        self._point_at(self._path.parent)

    def heal(self) -> None:
        """Go back to the file, which was not touched."""
        self._point_at(self._path)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _point_at(self, path: Path) -> None:
        self._engine.dispose()
        self._engine = _engine(path)


def _engine(path: Path) -> Engine:
    return create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": LOCK_TIMEOUT_S})
