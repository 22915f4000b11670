namespace WhatsSound.Client;

/// <summary>Calls what an app listens with. One that throws keeps neither the others nor the client from going on.</summary>
internal static class Telling
{
    public static void Tell<T>(this Action<T>? handlers, T value, Action<Exception> onThrown)
    {
        if (handlers is null)
            return;
        foreach (var handler in handlers.GetInvocationList())
        {
            try
            {
                ((Action<T>)handler)(value);
            }
            catch (Exception exception)
            {
                onThrown(exception);
            }
        }
    }
}
