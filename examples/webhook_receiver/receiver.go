// Receives webhooks in Go, with the standard library alone: verifies each request, and
// takes each event once.
//
//	MAILBOT_WEBHOOK_SECRET=whsec_... go run receiver.go 8000
//
// While the secret is being replaced, name both of them with a space between.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	tolerance    = 5 * time.Minute
	bodyBytesMax = 1024 * 1024
)

// receiver knows the secrets, and which events it has taken: a real program keeps those
// in its database, beside what it makes of the events.
type receiver struct {
	secrets [][]byte
	mutex   sync.Mutex
	seen    map[string]bool
}

// verified tells whether one of the secrets has signed these bytes a moment ago
// (Standard Webhooks).
func (r *receiver) verified(header http.Header, body []byte) bool {
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || id == "" {
		return false
	}
	if age := time.Since(time.Unix(seconds, 0)); age > tolerance || age < -tolerance {
		return false
	}
	for _, secret := range r.secrets {
		mac := hmac.New(sha256.New, secret)
		fmt.Fprintf(mac, "%s.%s.", id, timestamp)
		mac.Write(body)
		expected := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
		for _, given := range strings.Split(header.Get("webhook-signature"), " ") {
			if hmac.Equal([]byte(given), expected) {
				return true
			}
		}
	}
	return false
}

// isNew tells whether the event comes for the first time. It may come again: an answer
// may have been lost on its way.
func (r *receiver) isNew(id string) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	known := r.seen[id]
	r.seen[id] = true
	return !known
}

func (r *receiver) ServeHTTP(answer http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(answer, request.Body, bodyBytesMax))
	if err != nil || !r.verified(request.Header, body) {
		fmt.Println("refused")
		answer.WriteHeader(http.StatusBadRequest)
		return
	}
	var told struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(body, &told); err != nil {
		answer.WriteHeader(http.StatusBadRequest)
		return
	}
	if id := request.Header.Get("webhook-id"); r.isNew(id) {
		fmt.Println(id, told.Type)
	}
	answer.WriteHeader(http.StatusNoContent)
}

func main() {
	r := &receiver{seen: map[string]bool{}}
	for _, text := range strings.Fields(os.Getenv("MAILBOT_WEBHOOK_SECRET")) {
		secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(text, "whsec_"))
		if err != nil {
			log.Fatal("a secret looks like whsec_...")
		}
		r.secrets = append(r.secrets, secret)
	}
	port := "8000"
	if len(os.Args) > 1 {
		port = os.Args[1]
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening on", listener.Addr().(*net.TCPAddr).Port)
	log.Fatal(http.Serve(listener, r))
}
