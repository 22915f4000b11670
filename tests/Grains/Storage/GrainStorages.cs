using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

public sealed class When_grain_state_is_kept_in_sqlite() : GrainStorageContract(StorageProvider.Sqlite);

public sealed class When_grain_state_is_kept_in_postgresql() : GrainStorageContract(StorageProvider.Postgresql);
