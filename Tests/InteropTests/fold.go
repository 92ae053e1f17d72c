// Reads one payload a line and prints which of the registered claims Go takes out of it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

type claims struct {
	Issuer    string   `json:"iss"`
	Subject   string   `json:"sub"`
	Audience  []string `json:"aud"`
	IssuedAt  int64    `json:"iat"`
	NotBefore int64    `json:"nbf"`
	ExpiresAt int64    `json:"exp"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		read := claims{}
		err := json.Unmarshal(lines.Bytes(), &read)
		same := read.Issuer == "" && read.Subject == "" && read.Audience == nil &&
			read.IssuedAt == 0 && read.NotBefore == 0 && read.ExpiresAt == 0
		fmt.Println(err == nil && same)
	}
}
