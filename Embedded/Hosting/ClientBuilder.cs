using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Hosting;

internal sealed class ClientBuilder : IClientBuilder
{
    public ClientBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
        services.AddNodeServices<ClientNode>();
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }
}
