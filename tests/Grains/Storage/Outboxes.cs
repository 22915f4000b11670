using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

public sealed class When_events_wait_in_sqlite() : SqlOutboxContract(StorageProvider.Sqlite);

public sealed class When_events_wait_in_postgresql() : SqlOutboxContract(StorageProvider.Postgresql);

public sealed class When_events_wait_in_the_memory_of_a_test : OutboxContract
{
    private protected override Task<OutboxUnderTest> OutboxAsync() => Task.FromResult(new OutboxUnderTest(new MemoryOutbox(), () => Task.CompletedTask));
}
