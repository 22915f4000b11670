namespace WhatsSound.Gateway;

/// <summary>The engine of a gateway-only process.</summary>
internal static class GatewayHost
{
    /// <summary>Whether a gateway can stand alone. The Embedded engine does not leave its process: there the gateway runs within the silo.</summary>
    public static bool TryUseEngine(WebApplicationBuilder builder, out string problem)
    {
        _ = builder;
        problem = "This build has the Embedded engine, which does not leave its process. Run the silo, which has a gateway, or build with -p:Engine=Orleans.";
        return false;
    }
}
