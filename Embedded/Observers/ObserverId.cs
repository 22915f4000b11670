using Orleans.Runtime;

namespace WhatsSound.Embedded.Observers;

internal static class ObserverId
{
    private static readonly GrainType Type = GrainType.Create("sys.client");

    public static bool Is(GrainId id) => id.Type.Equals(Type);

    public static GrainId New(string node, Guid observer) => GrainId.Create(Type, $"{node}+{observer:N}");
}
