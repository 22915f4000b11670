using Orleans.Runtime;

namespace WhatsSound.Embedded.Runtime;

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => Activation.Current!;
}
