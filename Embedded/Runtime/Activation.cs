using Orleans.Runtime;
namespace WhatsSound.Embedded.Runtime;
internal sealed class Activation
{
    public static IGrainContext? Current => null;
    public static Activation Of(IGrainContext context) => throw new NotSupportedException(context.ToString());
    public void DelayDeactivation(TimeSpan timeSpan) => throw new NotSupportedException(ToString() + timeSpan);
    public IGrainTimer StartTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) => throw new NotSupportedException(ToString() + callback + options);
}
