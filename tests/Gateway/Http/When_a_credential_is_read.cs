using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using WhatsSound.Gateway.Http;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Http;

public sealed class When_a_credential_is_read
{
    private const string Signature = "b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78";

    private static readonly byte[] Body = "{}"u8.ToArray();

    [Theory]
    [InlineData("Bearer a.b.c")]
    [InlineData("bearer  a.b.c ")]
    public void Should_be_a_token(string header) => Assert.Equal(new Credential.Token("a.b.c"), ReadValue(header));

    [Theory]
    [InlineData("Bearer backend:its secret: all of it")]
    [InlineData("Basic YmFja2VuZDppdHMgc2VjcmV0OiBhbGwgb2YgaXQ=")]
    [InlineData("BASIC YmFja2VuZDppdHMgc2VjcmV0OiBhbGwgb2YgaXQ=")]
    public void Should_be_the_secret_of_a_key(string header) => Assert.Equal(new Credential.Secret("backend", "its secret: all of it"), ReadValue(header));

    [Fact]
    public void Should_be_a_signature_of_the_request_as_it_came()
    {
        var request = RequestOf($"WhatsSound key=backend,time=1800000000000,nonce=nonce-01,signature={Signature}");

        var signed = HttpCredential.Over(Assert.IsType<Credential.Signed>(HttpCredential.Read(request).Value), Body);

        Assert.Equal(
            ("backend", 1_800_000_000_000, "nonce-01", Signature, "POST", "/v1/channels/a%3Ab?x=%20"),
            (signed.KeyName, signed.TimeMs, signed.Nonce, signed.Signature, signed.Method, signed.Target));
        Assert.Equal("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", Convert.ToHexStringLower(signed.BodyHash.Span));
    }

    [Theory]
    [InlineData("WhatsSound signature=00,nonce=nonce-01,time=1,key=backend", null)]
    [InlineData("whatssound key=backend, time=1, nonce=nonce-01, signature=00", null)]
    [InlineData("WhatsSound key=backend,time=1,nonce=nonce-01", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,time=1,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound time=1,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,key=backend,time=1,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,time=1,nonce=nonce-01,signature=00,more=1", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=,time=1,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=back end,time=1,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,time=one,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,time=-1,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,time=+1,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,time=01,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,time=1e3,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,time=99999999999999999999,nonce=nonce-01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,time=1,nonce=short,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend,time=1,nonce=nonce 01,signature=00", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound key=backend", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound ,", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound =", "SIGNATURE_INVALID")]
    [InlineData("WhatsSound", "UNAUTHENTICATED")]
    [InlineData("Bearer :secret", "KEY_INVALID")]
    [InlineData("Basic ", "KEY_INVALID")]
    [InlineData("Basic YmFja2VuZA==", "KEY_INVALID")]
    [InlineData("Basic not base64", "KEY_INVALID")]
    [InlineData("Basic /////w==", "KEY_INVALID")]
    [InlineData("Digest username=backend", "UNAUTHENTICATED")]
    [InlineData("", "UNAUTHENTICATED")]
    [InlineData(" ", "UNAUTHENTICATED")]
    public void Should_be_refused_in_any_other_form(string header, string? code) => Assert.Equal(code, HttpCredential.Read(RequestOf(header)).Refusal?.Code);

    [Fact]
    public void Should_be_one()
    {
        var none = RequestOf("");
        none.Headers.Remove("Authorization");
        var two = RequestOf("Bearer a.b.c");
        two.Headers.Append("Authorization", "Bearer d.e.f");

        Assert.Equal("UNAUTHENTICATED", HttpCredential.Read(none).Refusal?.Code);
        Assert.Equal("UNAUTHENTICATED", HttpCredential.Read(two).Refusal?.Code);
    }

    [Theory]
    [InlineData("127.0.0.1", "http", null, true)]
    [InlineData("::1", "http", null, true)]
    [InlineData("::ffff:127.0.0.1", "http", null, true)]
    [InlineData("10.0.0.1", "http", null, false)]
    [InlineData("10.0.0.1", "https", null, true)]
    [InlineData(null, "http", null, false)]
    [InlineData("127.0.0.1", "http", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "http", "X-Forwarded-Proto", false)]
    [InlineData("127.0.0.1", "http", "Forwarded", false)]
    public void Should_show_a_secret_only_where_nobody_listens(string? peer, string scheme, string? proxy, bool isTaken)
    {
        foreach (var header in (string[])["Bearer backend:secret", "Basic YmFja2VuZDpzZWNyZXQ="])
        {
            var request = RequestOf(header);
            request.Scheme = scheme;
            request.HttpContext.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
            if (proxy is not null)
                request.Headers[proxy] = "https";

            Assert.Equal(isTaken ? null : "TLS_REQUIRED", HttpCredential.Read(request).Refusal?.Code);
        }
    }

    [Theory]
    [InlineData("Bearer backend:secret", "FORBIDDEN")]
    [InlineData("Basic YmFja2VuZDpzZWNyZXQ=", "FORBIDDEN")]
    [InlineData("Bearer a.b.c", null)]
    [InlineData("WhatsSound key=backend,time=1,nonce=nonce-01,signature=00", null)]
    public void Should_be_no_secret_from_a_page(string header, string? code)
    {
        foreach (var origin in (string[])["http://localhost", "https://app.example", "null"])
        {
            var request = RequestOf(header);
            request.Headers.Origin = origin;

            Assert.Equal(code, HttpCredential.Read(request).Refusal?.Code);
        }
    }

    private static Credential ReadValue(string header) => HttpCredential.Read(RequestOf(header)).Value!;

    private static HttpRequest RequestOf(string header)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Request.Method = "POST";
        context.Request.Headers.Authorization = header;
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/v1/channels/a%3Ab?x=%20";
        return context.Request;
    }
}
