using System.Reflection;
using Microsoft.Extensions.Logging;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Gateway.Architecture;

/// <summary>An operator finds what was logged by its number: each has one of its own.</summary>
public sealed class When_something_is_logged
{
    [Fact]
    public void Should_have_a_number_of_its_own()
    {
        var numbers = typeof(Session).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(static method => (method.Name, method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(static one => one.EventId > 0)
            .ToList();

        Assert.True(numbers.Count >= 20, "The test looks in the wrong place.");
        Assert.Empty(numbers.GroupBy(static one => one.EventId).Where(static same => same.Count() > 1).Select(static same => $"{same.Key}: {string.Join(", ", same.Select(static one => one.Name))}"));
    }
}
