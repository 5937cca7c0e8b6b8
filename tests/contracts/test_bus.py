"""What a bus promises, run on the embedded log and on real Kafka."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from infra.bus import NOT_BEFORE, Bus, Message, Received, Subscription
from infra.bus.kafka import KafkaBus
from infra.errors import Unavailable

PATIENCE_SECONDS = 40.0


def receive(subscription: Subscription, count: int, *, finish: bool = True, free: int = 10) -> list[Received]:
    """The next `count` messages; a test that never gets them fails with what came."""
    found: list[Received] = []
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(found) < count and time.monotonic() < deadline:
        for each in subscription.poll(min(free, count - len(found)), 0.5):
            found.append(each)
            if finish:
                subscription.done(each.position)
    assert len(found) == count, f"only {len(found)} of {count} messages came"
    return found


def bodies(received: list[Received]) -> list[bytes]:
    return [each.message.body for each in received]


def nothing_more(subscription: Subscription) -> bool:
    return not any(subscription.poll(10, 0.3) for _ in range(4))


def test_a_message_arrives_as_it_was_sent(bus: Bus, topic: str) -> None:
    bus.publish([Message(topic, "hồ sơ 1", b"\x00\xff noi dung", {"ce_type": "x.v1", "ghi-chu": "tiếng Việt"})])

    subscription = bus.subscribe("readers", [topic])
    [received] = receive(subscription, 1)

    assert received.message == Message(
        topic, "hồ sơ 1", b"\x00\xff noi dung", {"ce_type": "x.v1", "ghi-chu": "tiếng Việt"}
    )
    subscription.close()


def test_one_key_keeps_its_order(bus: Bus, topic: str) -> None:
    bus.publish([Message(topic, f"key {number % 4}", str(number).encode()) for number in range(40)])

    subscription = bus.subscribe("readers", [topic])
    received = receive(subscription, 40)

    of_key_1 = [int(each.message.body) for each in received if each.message.key == "key 1"]
    assert of_key_1 == [1, 5, 9, 13, 17, 21, 25, 29, 33, 37]
    subscription.close()


def test_every_group_gets_every_message_from_the_earliest_on(bus: Bus, topic: str) -> None:
    bus.publish([Message(topic, "a", b"1"), Message(topic, "a", b"2")])

    for group in ("scoring", "gateway"):
        subscription = bus.subscribe(group, [topic])
        assert bodies(receive(subscription, 2)) == [b"1", b"2"]
        subscription.close()


def test_a_finished_message_does_not_come_again(bus: Bus, topic: str) -> None:
    bus.publish([Message(topic, "a", b"1"), Message(topic, "a", b"2")])
    first = bus.subscribe("readers", [topic])
    receive(first, 1)
    first.close()

    second = bus.subscribe("readers", [topic])

    assert bodies(receive(second, 1)) == [b"2"]
    assert nothing_more(second)
    second.close()


def test_an_unfinished_message_comes_again_and_with_it_all_that_follow(bus: Bus, topic: str) -> None:
    bus.publish([Message(topic, "a", str(number).encode()) for number in range(4)])
    first = bus.subscribe("readers", [topic])
    zero, _one, two, three = receive(first, 4, finish=False)
    for finished in (zero, two, three):  # not `_one`: the contiguous finished prefix ends before it
        first.done(finished.position)
    first.close()

    second = bus.subscribe("readers", [topic])

    assert bodies(receive(second, 3)) == [b"1", b"2", b"3"]
    second.close()


def test_a_message_sent_after_a_look_in_vain_arrives(bus: Bus, topic: str) -> None:
    subscription = bus.subscribe("readers", [topic])
    bus.publish([Message(topic, "a", b"1")])
    receive(subscription, 1)
    assert nothing_more(subscription)

    bus.publish([Message(topic, "a", b"2")])

    assert bodies(receive(subscription, 1)) == [b"2"]
    subscription.close()


def test_no_more_is_handed_out_than_there_are_free_workers(bus: Bus, topic: str) -> None:
    bus.publish([Message(topic, str(number), b"x") for number in range(20)])
    subscription = bus.subscribe("readers", [topic])

    found = receive(subscription, 2, free=2)

    assert len(found) == 2
    assert subscription.poll(0, 0.3) == []
    assert len(receive(subscription, 18, free=3)) == 18
    subscription.close()


def test_a_postponed_message_waits_and_holds_back_what_lies_behind_it(bus: Bus, topic: str) -> None:
    due = datetime.now(UTC) + timedelta(seconds=3)
    bus.publish([Message(topic, "a", b"later", {NOT_BEFORE: due.isoformat()}), Message(topic, "a", b"behind")])
    subscription = bus.subscribe("readers", [topic])

    received = receive(subscription, 2)

    assert bodies(received) == [b"later", b"behind"]
    assert datetime.now(UTC) >= due
    subscription.close()


def test_several_topics_are_read_by_one_subscription(bus: Bus, topic: str) -> None:
    other = f"{topic}.other"
    bus.create_topics([other])
    bus.publish([Message(topic, "a", b"1"), Message(other, "a", b"2")])

    subscription = bus.subscribe("readers", [topic, other])

    assert sorted(bodies(receive(subscription, 2))) == [b"1", b"2"]
    subscription.close()


def test_creating_topics_twice_changes_nothing(bus: Bus, topic: str) -> None:
    assert bus.create_topics([topic]) == []


def test_work_in_flight_is_not_lost_when_a_second_consumer_joins(
    servers_bus: KafkaBus, new_topic: Callable[[], str]
) -> None:
    topic = new_topic()
    servers_bus.publish([Message(topic, str(number), str(number).encode()) for number in range(30)])
    first = servers_bus.subscribe("readers", [topic])
    begun = receive(first, 5, finish=False, free=5)

    second = servers_bus.subscribe("readers", [topic])
    seen: set[bytes] = set()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(seen) < 30 and time.monotonic() < deadline:
        for each in begun:
            seen.add(each.message.body)
            first.done(each.position)
        begun = []
        for subscription in (first, second):
            for each in subscription.poll(5, 0.2):
                seen.add(each.message.body)
                subscription.done(each.position)

    assert seen == {str(number).encode() for number in range(30)}
    first.close()
    second.close()


def test_the_kafka_producer_is_idempotent_because_we_asked_for_it(servers_bus: KafkaBus) -> None:
    assert servers_bus.producer().config["enable_idempotence"] is True
    assert servers_bus.producer().config["acks"] in ("all", -1)


def test_a_broker_that_does_not_answer_is_reported_in_words() -> None:
    bus = KafkaBus("127.0.0.1:1")

    with pytest.raises(Unavailable, match=r"Kafka 127\.0\.0\.1:1"):
        bus.check()


@pytest.fixture
def servers_bus(servers) -> KafkaBus:  # type: ignore[no-untyped-def]
    return KafkaBus(servers.kafka_servers, partitions=3)


@pytest.fixture
def new_topic(servers_bus: KafkaBus) -> Callable[[], str]:
    def make() -> str:
        name = f"test.join.{time.monotonic_ns()}"
        servers_bus.create_topics([name])
        return name

    return make
