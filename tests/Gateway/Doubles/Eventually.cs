namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>Waits for something that another thread does, without a clock: it lets others run between looks, and a test that hangs is ended by the runner.</summary>
internal static class Eventually
{
    public static async Task BecomesTrueAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }
}
