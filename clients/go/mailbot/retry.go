package mailbot

import (
	"encoding/json"

	mailbotv1 "example.com/mailbot/gen/go/mailbot/v1"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
)

// ServiceConfig is gRPC's service config: a unary method without side effects, or with
// a request_id by which the server knows a repeat, is retried while UNAVAILABLE.
func ServiceConfig() string {
	type name struct {
		Service string `json:"service"`
		Method  string `json:"method"`
	}
	var names []name
	for _, file := range []protoreflect.FileDescriptor{
		mailbotv1.File_mailbot_v1_accounts_proto, mailbotv1.File_mailbot_v1_address_lists_proto,
		mailbotv1.File_mailbot_v1_audits_proto, mailbotv1.File_mailbot_v1_deliveries_proto,
		mailbotv1.File_mailbot_v1_domains_proto, mailbotv1.File_mailbot_v1_events_proto,
		mailbotv1.File_mailbot_v1_inboxes_proto, mailbotv1.File_mailbot_v1_messages_proto,
		mailbotv1.File_mailbot_v1_rules_proto, mailbotv1.File_mailbot_v1_subscriptions_proto,
		mailbotv1.File_mailbot_v1_suppressions_proto, mailbotv1.File_mailbot_v1_threads_proto,
		mailbotv1.File_mailbot_v1_usage_proto, mailbotv1.File_mailbot_v1_webhooks_proto,
	} {
		for s := range file.Services().Len() {
			methods := file.Services().Get(s).Methods()
			for m := range methods.Len() {
				if method := methods.Get(m); mayRepeat(method) {
					service := string(method.Parent().FullName())
					names = append(names, name{service, string(method.Name())})
				}
			}
		}
	}
	config, err := json.Marshal(map[string]any{
		"loadBalancingConfig": []any{map[string]any{"round_robin": map[string]any{}}},
		"methodConfig": []any{map[string]any{
			"name": names,
			"retryPolicy": map[string]any{
				"maxAttempts": 5, "initialBackoff": "0.1s", "maxBackoff": "5s",
				"backoffMultiplier": 2, "retryableStatusCodes": []string{"UNAVAILABLE"},
			},
		}},
	})
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return string(config)
}

func mayRepeat(method protoreflect.MethodDescriptor) bool {
	if method.IsStreamingClient() || method.IsStreamingServer() {
		return false
	}
	options, _ := method.Options().(*descriptorpb.MethodOptions)
	unknown := descriptorpb.MethodOptions_IDEMPOTENCY_UNKNOWN
	return options.GetIdempotencyLevel() != unknown || requestID(method.Input()) != nil
}
