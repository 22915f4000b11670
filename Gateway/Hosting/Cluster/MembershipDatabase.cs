using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace WhatsSound.Gateway.Hosting.Cluster;

/// <summary>Where a gateway of its own looks for silos; section <c>ConnectionStrings</c> of the configuration.</summary>
internal sealed class MembershipDatabase : IValidatableObject
{
    public const string Section = "ConnectionStrings";

    /// <summary>The PostgreSQL database of the silos, where the cluster keeps its membership.</summary>
    public string Orleans { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Orleans.Length == 0)
            yield return new ValidationResult($"{Section}:{nameof(Orleans)} is not set: it is the PostgreSQL database where the cluster keeps its membership.");
        else if (!IsConnectionString())
            yield return new ValidationResult($"{Section}:{nameof(Orleans)} is not a connection string of PostgreSQL.");
    }

    private bool IsConnectionString()
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(Orleans);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>Generated from the bounds of <see cref="MembershipDatabase"/>.</summary>
[OptionsValidator]
internal sealed partial class MembershipDatabaseValidator : IValidateOptions<MembershipDatabase>;
