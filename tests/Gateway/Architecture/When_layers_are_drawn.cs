using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Fluent;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Grains.Rooms;
using WhatsSound.Limits;
using WhatsSound.Rooms;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace WhatsSound.Tests.Gateway.Architecture;

/// <summary>Who may know whom. What is drawn in ARCHITECTURE.md is held here.</summary>
public sealed class When_layers_are_drawn
{
    private static readonly System.Reflection.Assembly Contracts = typeof(IRoomGrain).Assembly;
    private static readonly System.Reflection.Assembly Kernel = typeof(TokenBucket).Assembly;
    private static readonly System.Reflection.Assembly Grains = typeof(RoomGrain).Assembly;
    private static readonly System.Reflection.Assembly Gateway = typeof(Session).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader().LoadAssemblies(Contracts, Kernel, Grains, Gateway).Build();

    [Fact]
    public void Should_keep_the_gateway_from_the_grains() =>
        Holds(Types().That().ResideInAssembly(Gateway).Should().NotDependOnAny(Types().That().ResideInAssembly(Grains)));

    [Fact]
    public void Should_keep_contracts_from_everything_else() =>
        Holds(Types().That().ResideInAssembly(Contracts).Should().NotDependOnAny(Types().That().ResideInAssembly(Kernel, Grains, Gateway)));

    [Fact]
    public void Should_keep_the_kernel_from_grains_and_gateway() =>
        Holds(Types().That().ResideInAssembly(Kernel).Should().NotDependOnAny(Types().That().ResideInAssembly(Grains, Gateway)));

    [Fact]
    public void Should_let_delivery_know_neither_sessions_nor_doors() =>
        Holds(Types().That().ResideInNamespaceMatching(@"^WhatsSound\.Gateway\.Delivery(\.|$)").Should().NotDependOnAny(
            Types().That().ResideInNamespaceMatching(@"^WhatsSound\.Gateway\.(Sessions|Doors|Http|Identity|Requests)(\.|$)")));

    [Fact]
    public void Should_let_sessions_know_no_door() =>
        Holds(Types().That().ResideInNamespaceMatching(@"^WhatsSound\.Gateway\.(Sessions|Transport)(\.|$)").Should().NotDependOnAny(
            Types().That().ResideInNamespaceMatching(@"^WhatsSound\.Gateway\.(Doors|Http)(\.|$)")));

    /// <summary>A door is bytes to requests and messages to bytes: what is done about a request is the same for all.</summary>
    [Fact]
    public void Should_let_a_door_know_no_grain()
    {
        string[] ways = ["Orleans.IClusterClient", "Orleans.IGrainFactory", "Orleans.IGrain", "Orleans.Runtime", "Orleans.Streams"];
        var doors = Loaded.Types.Where(type => type.FullName.StartsWith("WhatsSound.Gateway.Doors.", StringComparison.Ordinal)).ToList();
        var grains = Loaded.Interfaces.Where(type => type.Assembly.FullName == Contracts.FullName && type.Name.EndsWith("Grain", StringComparison.Ordinal)).Select(type => type.FullName).ToList();
        Assert.True(doors.Count >= 10 && grains.Count >= 4, "The test looks in the wrong place.");
        Assert.Empty(doors.SelectMany(door => door.GetTypeDependencies()
            .Where(used => grains.Contains(used.FullName) || ways.Any(name => used.FullName.StartsWith(name, StringComparison.Ordinal)))
            .Select(used => $"{door.Name} uses {used.FullName}")));
    }

    [Fact]
    public void Should_let_a_door_know_no_other() =>
        Holds(SliceRuleDefinition.Slices().Matching("WhatsSound.Gateway.Doors.(*)").Should().NotDependOnEachOther());

    /// <summary>Rules see no Orleans type, clock, random source or logger; a value that a contract defines is none of those.</summary>
    [Fact]
    public void Should_keep_rules_pure()
    {
        string[] impure = ["Orleans.IGrain", "Orleans.Grain", "Orleans.Runtime", "Microsoft.Extensions.Logging", "System.TimeProvider", "System.Random", "System.Threading.Tasks"];
        var rules = Loaded.Types.Where(type => type.FullName.StartsWith("WhatsSound.Grains.", StringComparison.Ordinal) && type.Name.EndsWith("Rules", StringComparison.Ordinal)).ToList();
        Assert.True(rules.Count >= 8, $"Only {rules.Count} types are rules: the test looks in the wrong place.");
        Assert.Empty(rules.SelectMany(rule => rule.GetTypeDependencies()
            .Where(used => impure.Any(name => used.FullName.StartsWith(name, StringComparison.Ordinal)))
            .Select(used => $"{rule.Name} uses {used.FullName}")));
    }

    [Theory]
    [InlineData("WhatsSound.Grains.(*)")]
    [InlineData("WhatsSound.Gateway.(*)")]
    public void Should_let_no_folder_import_one_that_imports_it_back(string folders) =>
        Holds(SliceRuleDefinition.Slices().Matching(folders).Should().BeFreeOfCycles());

    /// <summary>Contracts and kernel share their namespaces: a feature has one.</summary>
    [Fact]
    public void Should_let_no_folder_of_contracts_or_kernel_import_one_that_imports_it_back() =>
        Holds(SliceRuleDefinition.Slices().Matching("WhatsSound.(*)").Should().BeFreeOfCycles(), new ArchLoader().LoadAssemblies(Contracts, Kernel).Build());

    private static void Holds(IArchRule rule, ArchUnitNET.Domain.Architecture? architecture = null)
    {
        var broken = rule.Evaluate(architecture ?? Loaded).Where(result => !result.Passed).Select(result => result.Description).ToList();
        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken));
    }
}
