using System.Buffers;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Application;
using WhatsSound.Gateway.Http.Api.Requests;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>
/// The way of every request of the API, in this order: a path that is what it says, a place, whose it is, the body within its bounds, what they may ask for, the fields, and then what connections have carried out too, in time. What is refused has
/// changed nothing.
/// </summary>
internal sealed class ApiGate(
    CallServices services,
    ICredentials credentials,
    TokenVerifier tokens,
    TokenAdmission admissions,
    AnonymousSessions anonymous,
    ApiPlaces places,
    CallFailures failures,
    GatewayMeters meters,
    IOptions<ApiOptions> options,
    TimeProvider time)
{
    /// <summary>The door, by its name in metrics.</summary>
    public const string Name = "http";

    public async Task AnswerAsync(HttpContext http, ApiRoute route)
    {
        meters.Requested(Name, route.Request.Name);
        http.Response.Headers.CacheControl = "no-store";
        if (!RawPath.IsOf(http.Request, route.Path))
        {
            await RefuseAsync(http, Refusals.BadRequest("path", "The path must be written as the API has it: without '.' or '..' in it, or anything too much."));
            return;
        }

        if (places.Enter(http) is not { } place)
        {
            await RefuseAsync(http, ApiPlaces.TooMany());
            return;
        }

        using (place)
        {
            var (reply, body) = await CarryOutAsync(http, route);
            if (reply is { Refusal: { } refusal })
                await RefuseAsync(http, refusal);
            else
                await SendAsync(http.Response, body);
        }
    }

    /// <summary>Answers a request that no route takes, or none by its method.</summary>
    public Task RefuseUnknownAsync(HttpContext http, ApiCatalogue catalogue)
    {
        var methods = catalogue.All.Where(route => route.Covers(http.Request.Path)).Select(static route => route.Method).Distinct(StringComparer.Ordinal).ToList();
        if (methods.Count == 0)
            return RefuseAsync(http, Refusals.Final(RefusalCode.UnknownMethod, "The API has no such address."));
        http.Response.Headers.Allow = string.Join(", ", methods);
        return RefuseAsync(http, Refusals.Final(RefusalCode.UnknownMethod, "The address takes another method, which `Allow` names."), StatusCodes.Status405MethodNotAllowed);
    }

    private Task RefuseAsync(HttpContext http, Refusal refusal, int? status = null)
    {
        meters.Refused(Name, refusal.Code);
        return HttpRefusals.WriteAsync(http.Response, refusal, status);
    }

    private async Task<(Reply Reply, ReadOnlyMemory<byte> Body)> CarryOutAsync(HttpContext http, ApiRoute route)
    {
        var (asker, refusal, body) = await AdmitAsync(http, route);
        using (asker)
        {
            if (refusal is not null)
                return (Reply.Of(refusal), default);
            try
            {
                return await CarryOutAsync(http, route, asker, body);
            }
            catch (Exception exception)
            {
                return (Reply.Of(failures.Translate(exception, http.RequestAborted.IsCancellationRequested, asker.IsLate)), default);
            }
        }
    }

    private async Task<(Reply Reply, ReadOnlyMemory<byte> Body)> CarryOutAsync(HttpContext http, ApiRoute route, HttpAsker asker, byte[] body)
    {
        if ((Refuse(asker, route.Request) ?? (route.Request.IsRead ? services.Allowances.RefuseRead(asker) : null)) is { } refusal)
            return (Reply.Of(refusal), default);
        var (fields, wrong) = ApiFields.Read(route, http.Request, body);
        if ((wrong ?? SessionRequest.RefuseUserId(fields, asker)) is { } forged)
            return (Reply.Of(forged), default);
        var written = new ArrayBufferWriter<byte>();
        try
        {
            // By then there is an answer, whatever does not mind that it is given up.
            var reply = await route.Request.RunAsync(new Call(asker, services), fields).WaitAsync(RequestTurns.AnsweredWithin, time);
            if (reply.Refusal is null)
                reply.WriteResultTo(written);
            return (reply, written.WrittenMemory);
        }
        finally
        {
            services.Allowances.HasRead(asker, Math.Max(written.WrittenCount, asker.BytesRead));
        }
    }

    /// <summary>Whose request it is. Who shows nothing that counts pays as a connection does that is nobody's.</summary>
    private async Task<(HttpAsker Asker, Refusal? Refusal, byte[] Body)> AdmitAsync(HttpContext http, ApiRoute route)
    {
        var body = new ApiBody(http.Request, route.HasBody ? route.BytesMaxOf(options.Value) : 0, options.Value.ReadTimeout, time);
        var (grant, refusal, bytes) = await VerifyAsync(http, body);
        var isNobodys = grant is not null and not SessionIdentity { } && grant.KeyName is null;
        if (isNobodys && !anonymous.IsAny)
            refusal ??= Refusals.Final(RefusalCode.Unauthenticated, "The token names no user, and there is nothing for those without one.");
        var asker = new HttpAsker(http, refusal is null ? grant : null, isNobodys && refusal is null, time);
        var tooMany = route.Request.Kind == CallKind.Report ? services.Allowances.TakeReport(asker) : services.Allowances.TakeRequest(asker);
        return (asker, tooMany ?? refusal, bytes);
    }

    private async Task<(TokenGrant? Grant, Refusal? Refusal, byte[] Body)> VerifyAsync(HttpContext http, ApiBody body)
    {
        var shown = HttpCredential.Read(http.Request);
        if (shown.IsRefused)
            return (null, shown.Refusal, []);
        try
        {
            return shown.Value is Credential.Signed signed ? await VerifyAsync(http, body, signed) : await VerifyAsync(http, body, shown.Value);
        }
        catch (Exception exception)
        {
            return (null, failures.Translate(exception, http.RequestAborted.IsCancellationRequested), []);
        }
    }

    /// <summary>Whose token or key does not count need not send the body.</summary>
    private async Task<(TokenGrant? Grant, Refusal? Refusal, byte[] Body)> VerifyAsync(HttpContext http, ApiBody body, Credential shown)
    {
        // A server of the app has decided already.
        var grant = shown is Credential.Token token
            ? await admissions.VerifyAsync(connectionId: null, token.Text, http.RequestAborted)
            : await credentials.VerifyAsync(shown, http.RequestAborted);
        if (grant.IsRefused)
            return (null, grant.Refusal, []);
        var read = await body.ReadAsync(http.RequestAborted);
        return (grant.Value, read.Refusal ?? tokens.RefuseRevoked(grant.Value), read.Value ?? []);
    }

    /// <summary>What is signed is the body too. Whether there is such a key is not said before it is known: names are nobody's business.</summary>
    private async Task<(TokenGrant? Grant, Refusal? Refusal, byte[] Body)> VerifyAsync(HttpContext http, ApiBody body, Credential.Signed shown)
    {
        if (credentials.RefuseOutright(shown) is { } refusal)
            return (null, refusal, []);
        var read = await body.ReadAsync(http.RequestAborted);
        if (read.IsRefused)
            return (null, read.Refusal, []);
        var grant = await credentials.VerifyAsync(HttpCredential.Over(shown, read.Value), http.RequestAborted);
        return (grant.Value, grant.Refusal ?? tokens.RefuseRevoked(grant.Value!), read.Value);
    }

    private static Refusal? Refuse(HttpAsker asker, SessionRequest request)
    {
        var may = request.Kind == CallKind.Anonymous || asker switch
        {
            { Identity: not null } => true,
            { KeyName: not null } => request.IsForServer,
            _ => request.IsForAnonymous,
        };
        return may ? null : Refusals.Final(RefusalCode.Unauthenticated, "This takes the token of a user.");
    }

    private static async Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }
}
