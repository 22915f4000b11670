using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

public sealed class When_publications_are_kept_in_sqlite() : SqlMessageLogContract(StorageProvider.Sqlite);

public sealed class When_publications_are_kept_in_postgresql() : SqlMessageLogContract(StorageProvider.Postgresql);
