using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace WhatsSound.Gateway.Hosting;

/// <summary>What the code says of its settings: the summaries that the compiler writes into a file beside each assembly. Without the file there are none.</summary>
internal static class Descriptions
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, string>> Files = new();

    public static string Of(Type record) => Find(record.Assembly, $"T:{record.FullName}");

    public static string Of(PropertyInfo setting) => Find(setting.DeclaringType!.Assembly, $"P:{setting.DeclaringType.FullName}.{setting.Name}");

    private static string Find(Assembly assembly, string member) =>
        Files.GetOrAdd(assembly, Read).GetValueOrDefault(member.Replace('+', '.'), "");

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        if (!File.Exists(file))
            return [];
        return XDocument.Load(file).Descendants("member")
            .ToDictionary(static member => member.Attribute("name")!.Value, static member => TextOf(member.Element("summary")), StringComparer.Ordinal);
    }

    private static string TextOf(XElement? summary)
    {
        if (summary is null)
            return "";
        var text = new StringBuilder();
        foreach (var node in summary.Nodes())
        {
            text.Append(node switch
            {
                XText words => words.Value,
                // P:WhatsSound.Grains.Rooms.RoomOptions.Lead is Lead.
                XElement { Name.LocalName: "see" } see => (see.Attribute("cref")?.Value ?? "").Split('.')[^1],
                XElement other => other.Value,
                _ => "",
            });
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
