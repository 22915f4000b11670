using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

public sealed class When_reminders_are_kept_in_sqlite() : ReminderContract(StorageProvider.Sqlite);

public sealed class When_reminders_are_kept_in_postgresql() : ReminderContract(StorageProvider.Postgresql);
