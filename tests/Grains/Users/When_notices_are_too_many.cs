using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using WhatsSound.Grains.Metrics;
using WhatsSound.Grains.Users;

namespace WhatsSound.Tests.Grains.Users;

public sealed class When_notices_are_too_many
{
    [Fact]
    public void Should_leave_the_oldest_out_and_count_it()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<GrainsMeter>().AddSingleton<UserInstruments>().BuildServiceProvider();
        var meter = services.GetRequiredService<GrainsMeter>().Meter;
        var dropped = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == "whatssound.user.notices.missed")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => dropped += count);
        listener.Start();

        // Nobody delivers: it is not started.
        using var notices = new UserNotices(null!, TimeProvider.System, services.GetRequiredService<UserInstruments>(), NullLogger<UserNotices>.Instance);
        for (var number = 0; number < 1003; number++)
            notices.Post("ben", new UserNotice("den", "mention", $"{number}", default));

        Assert.Equal(3, dropped);
    }
}
