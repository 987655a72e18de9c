// Package mailbot connects a Go program to a mailbot server: the API key on every call,
// retries that are safe, errors with their details, and an event stream that resumes.
package mailbot

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"strings"
	"time"

	mailbotv1 "example.com/mailbot/gen/go/mailbot/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// CallTimeout bounds a unary call whose context has no deadline.
const CallTimeout = 30 * time.Second

// Client has the generated stub of every service over one connection.
type Client struct {
	Accounts      mailbotv1.AccountServiceClient
	AddressLists  mailbotv1.AddressListServiceClient
	Audits        mailbotv1.AuditServiceClient
	Deliveries    mailbotv1.DeliveryServiceClient
	Domains       mailbotv1.DomainServiceClient
	Events        mailbotv1.EventServiceClient
	Inboxes       mailbotv1.InboxServiceClient
	Messages      mailbotv1.MessageServiceClient
	Rules         mailbotv1.RuleServiceClient
	Subscriptions mailbotv1.SubscriptionServiceClient
	Suppressions  mailbotv1.SuppressionServiceClient
	Threads       mailbotv1.ThreadServiceClient
	Usage         mailbotv1.UsageServiceClient
	Webhooks      mailbotv1.WebhookServiceClient

	connection *grpc.ClientConn
}

// Dial makes a client; it connects at the first call. A server on this machine is
// spoken to in plaintext, any other one over TLS, unless options say otherwise.
func Dial(target, apiKey string, options ...grpc.DialOption) (*Client, error) {
	if apiKey == "" {
		return nil, errors.New("mailbot: the API key is empty")
	}
	connection, err := grpc.NewClient(target, append(defaults(target, apiKey), options...)...)
	if err != nil {
		return nil, err
	}
	return &Client{
		Accounts:      mailbotv1.NewAccountServiceClient(connection),
		AddressLists:  mailbotv1.NewAddressListServiceClient(connection),
		Audits:        mailbotv1.NewAuditServiceClient(connection),
		Deliveries:    mailbotv1.NewDeliveryServiceClient(connection),
		Domains:       mailbotv1.NewDomainServiceClient(connection),
		Events:        mailbotv1.NewEventServiceClient(connection),
		Inboxes:       mailbotv1.NewInboxServiceClient(connection),
		Messages:      mailbotv1.NewMessageServiceClient(connection),
		Rules:         mailbotv1.NewRuleServiceClient(connection),
		Subscriptions: mailbotv1.NewSubscriptionServiceClient(connection),
		Suppressions:  mailbotv1.NewSuppressionServiceClient(connection),
		Threads:       mailbotv1.NewThreadServiceClient(connection),
		Usage:         mailbotv1.NewUsageServiceClient(connection),
		Webhooks:      mailbotv1.NewWebhookServiceClient(connection),
		connection:    connection,
	}, nil
}

// Close hangs up and ends every stream.
func (c *Client) Close() error { return c.connection.Close() }

func defaults(target, apiKey string) []grpc.DialOption {
	auth := bearer("Bearer " + apiKey)
	return []grpc.DialOption{
		grpc.WithTransportCredentials(transport(target)),
		grpc.WithUnaryInterceptor(auth.unary),
		grpc.WithStreamInterceptor(auth.stream),
		grpc.WithDefaultServiceConfig(ServiceConfig()),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{
			Time: 30 * time.Second, Timeout: 20 * time.Second,
		}),
		grpc.WithConnectParams(grpc.ConnectParams{
			Backoff: backoff.Config{
				BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2,
				MaxDelay: 10 * time.Second,
			},
			MinConnectTimeout: 5 * time.Second,
		}),
	}
}

func transport(target string) credentials.TransportCredentials {
	if isLoopback(target) {
		return insecure.NewCredentials()
	}
	return credentials.NewTLS(nil)
}

func isLoopback(target string) bool {
	if strings.HasPrefix(target, "unix:") {
		return true
	}
	host, _, err := net.SplitHostPort(strings.TrimPrefix(target, "dns:///"))
	address := net.ParseIP(host)
	return err == nil && (host == "localhost" || (address != nil && address.IsLoopback()))
}

// bearer is the value of the authorization metadata.
type bearer string

func (b bearer) attach(ctx context.Context) context.Context {
	return metadata.AppendToOutgoingContext(ctx, "authorization", string(b))
}

func (b bearer) unary(
	ctx context.Context, method string, request, reply any,
	connection *grpc.ClientConn, invoke grpc.UnaryInvoker, options ...grpc.CallOption,
) error {
	if _, bounded := ctx.Deadline(); !bounded {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, CallTimeout)
		defer cancel()
	}
	if message, ok := request.(proto.Message); ok {
		request = withRequestID(message)
	}
	return invoke(b.attach(ctx), method, request, reply, connection, options...)
}

func (b bearer) stream(
	ctx context.Context, description *grpc.StreamDesc, connection *grpc.ClientConn,
	method string, open grpc.Streamer, options ...grpc.CallOption,
) (grpc.ClientStream, error) {
	return open(b.attach(ctx), description, connection, method, options...)
}

// withRequestID is the request with its request_id filled in, if it has one that is
// empty: the server then knows a retry. The caller's message is left as it is.
func withRequestID(request proto.Message) proto.Message {
	field := requestID(request.ProtoReflect().Descriptor())
	if field == nil || request.ProtoReflect().Has(field) {
		return request
	}
	named := proto.Clone(request)
	named.ProtoReflect().Set(field, protoreflect.ValueOfString(rand.Text()))
	return named
}

func requestID(message protoreflect.MessageDescriptor) protoreflect.FieldDescriptor {
	return message.Fields().ByName("request_id")
}
