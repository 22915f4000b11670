using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WhatsSound.Embedded.Runtime;

/// <summary>The assemblies that may have grains: those beside the program, and those already loaded, that refer to this one.</summary>
internal static class GrainAssemblies
{
    private static readonly string Own = typeof(GrainAssemblies).Assembly.GetName().Name!;

    public static IEnumerable<Assembly> Find()
    {
        foreach (var path in Deployed().Where(RefersToThis)) Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(path)));
        return AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(reference => reference.Name == Own))
            .OrderBy(assembly => assembly.FullName, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Deployed()
        => (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal));

    private static bool RefersToThis(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) return false;
        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Any(handle => metadata.StringComparer.Equals(metadata.GetAssemblyReference(handle).Name, Own));
    }
}
