using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Application;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>A gateway whose app decides nothing.</summary>
internal static class SilentApplication
{
    public static ApplicationDesk Desk() => Desk(new ApplicationOptions(), TimeProvider.System);

    public static ApplicationDesk Desk(ApplicationOptions options, TimeProvider time, params IApplication[] handlers)
    {
        var settings = Options.Create(options);
        return new(handlers, new HttpApplication(settings, time), new ApplicationGates(options, time), settings, time, NullLogger<ApplicationDesk>.Instance);
    }
}
