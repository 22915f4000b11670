using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

public sealed class When_rooms_are_kept_in_sqlite() : SqlRoomJournalContract(StorageProvider.Sqlite);

public sealed class When_rooms_are_kept_in_postgresql() : SqlRoomJournalContract(StorageProvider.Postgresql);

public sealed class When_rooms_are_kept_in_the_memory_of_a_test : RoomJournalContract
{
    private protected override Task<JournalUnderTest> JournalAsync() => Task.FromResult(new JournalUnderTest(new MemoryRoomJournal(), () => Task.CompletedTask));
}
