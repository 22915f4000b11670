using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.TypeSystem;
using WhatsSound.Channels;
using WhatsSound.Grains;

namespace WhatsSound.Tests.Grains.Identity;

/// <summary>By which names a running cluster knows the product's grains, interfaces, calls and messages.</summary>
internal sealed class Identities(IServiceProvider services)
{
    private readonly TypeConverter types = services.GetRequiredService<TypeConverter>();

    /// <summary>What has a name in the cluster: contracts and grains.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(IChannelGrain).Assembly, typeof(GrainsSiloBuilderExtensions).Assembly];

    /// <summary>A line for each, without any name that only the code has.</summary>
    public IEnumerable<string> Lines() => [.. Grains(), .. Interfaces(), .. Calls(), .. Messages()];

    private IEnumerable<string> Grains() => Sorted(
        from grain in Manifest.SelectMany(manifest => manifest.Grains)
        where IsProduct(grain.Value.Properties)
        let interfaces = grain.Value.Properties.Where(IsInterface).Select(property => property.Value).Order(StringComparer.Ordinal)
        select $"grain {grain.Key}: {string.Join(", ", interfaces)}");

    private IEnumerable<string> Interfaces() => Sorted(
        from contract in Manifest.SelectMany(manifest => manifest.Interfaces)
        where IsProduct(contract.Value.Properties)
        select $"interface {contract.Key}");

    /// <summary>The body of a call names the generated class that carries it.</summary>
    private IEnumerable<string> Calls() => Sorted(
        from invokable in Assemblies.SelectMany(assembly => assembly.GetTypes())
        where invokable.IsAssignableTo(typeof(IInvokable)) && !invokable.IsAbstract
        select $"call {types.Format(invokable)}");

    private IEnumerable<string> Messages() => Sorted(
        from message in Assemblies.SelectMany(assembly => assembly.GetTypes())
        where message.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
        select $"message {types.Format(message)}: {string.Join(", ", Members(message))}");

    private IEnumerable<string> Members(Type message) => message.IsEnum
        ? Enum.GetValues(message).Cast<object>().Select(value => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture))
        : from member in message.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
          let id = member.GetCustomAttribute<IdAttribute>()
          where id is not null
          orderby id.Id
          select string.Create(CultureInfo.InvariantCulture, $"{id.Id} {NameOf(((PropertyInfo)member).PropertyType)}");

    private string NameOf(Type member) => member.IsGenericParameter ? member.Name : types.Format(member);

    private IEnumerable<GrainManifest> Manifest => services.GetRequiredService<IClusterManifestProvider>().Current.AllGrainManifests;

    private static bool IsInterface(KeyValuePair<string, string> property) =>
        property.Key.StartsWith(WellKnownGrainTypeProperties.ImplementedInterfacePrefix, StringComparison.Ordinal);

    private static bool IsProduct(ImmutableDictionary<string, string> properties) =>
        properties.TryGetValue(WellKnownGrainTypeProperties.FullTypeName, out var name)
        && Assemblies.Any(assembly => assembly.GetType(name) is not null);

    private static IEnumerable<string> Sorted(IEnumerable<string> lines) => lines.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
