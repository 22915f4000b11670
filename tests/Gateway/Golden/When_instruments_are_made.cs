using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Gateway;
using WhatsSound.Grains.Metrics;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Golden;

/// <summary>Dashboards and alerts are made of these names: meter, instrument, unit, kind.</summary>
public sealed class When_instruments_are_made
{
    [Fact]
    public void Should_have_the_agreed_names()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<GrainsMeter>().BuildServiceProvider();
        var made = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => Note(instrument, services, made) };
        listener.Start();

        foreach (var type in InstrumentTypes())
            ActivatorUtilities.CreateInstance(services, type);

        GoldenFile.Hold("Instruments.txt", string.Concat(made.Select(line => line + "\n")));
    }

    /// <summary>Whatever is given a meter, or makes one.</summary>
    private static IEnumerable<Type> InstrumentTypes() => new[] { typeof(GrainsMeter).Assembly, typeof(GatewayMeters).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Any(IsOfMeters));

    private static bool IsOfMeters(System.Reflection.ParameterInfo parameter) =>
        parameter.ParameterType == typeof(GrainsMeter) || parameter.ParameterType == typeof(IMeterFactory);

    private static void Note(Instrument instrument, IServiceProvider services, SortedSet<string> made)
    {
        // The meters of other tests of this run have another factory.
        if (!ReferenceEquals(instrument.Meter.Scope, services.GetRequiredService<IMeterFactory>()))
            return;
        var kind = instrument.GetType().Name.Split('`')[0];
        made.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Meter.Name} {instrument.Name} {instrument.Unit} {kind}"));
    }
}
